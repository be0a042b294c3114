/** A fleet that never was: {@link io.tare.fleet.simulate.Plan} decides what happens to whom, SQL makes the minutes of it, and what is true is written beside. */
@NullMarked
package io.tare.fleet.simulate;

import org.jspecify.annotations.NullMarked;
