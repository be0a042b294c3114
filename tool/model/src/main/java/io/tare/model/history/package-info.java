/** How a process weighed over time: moments, series of readings, marks, and the judgement on them. */
@NullMarked
package io.tare.model.history;

import org.jspecify.annotations.NullMarked;
