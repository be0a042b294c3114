/** How much a piece of work allocates, of what and where. */
@NullMarked
package io.tare.probe.allocation;

import org.jspecify.annotations.NullMarked;
