/** A recording told as a story: phases between marks, peak, what came back. Read {@link io.tare.history.phases.Stories} first. */
@NullMarked
package io.tare.history.phases;

import org.jspecify.annotations.NullMarked;
