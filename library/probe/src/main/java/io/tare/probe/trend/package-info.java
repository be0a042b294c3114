/** Robust statistics: does a series of readings grow, by how much, and how sure is that? */
@NullMarked
package io.tare.probe.trend;

import org.jspecify.annotations.NullMarked;
