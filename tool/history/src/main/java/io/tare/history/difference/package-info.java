/**
 * What moved between two weighings. Read {@link io.tare.history.difference.Differences} first.
 */
@NullMarked
package io.tare.history.difference;

import org.jspecify.annotations.NullMarked;
