/** How a fault is staged: it is created, it settles, it is measured from inside, it is held. */
@NullMarked
package io.tare.cases.faults.scene;

import org.jspecify.annotations.NullMarked;
