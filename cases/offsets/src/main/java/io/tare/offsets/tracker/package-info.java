/** Which messages of a partition are done: one interface, four ways. Reading order: {@code OffsetTracker}, {@code LockedMap}, {@code BitmapRing}. */
@NullMarked
package io.tare.offsets.tracker;

import org.jspecify.annotations.NullMarked;
