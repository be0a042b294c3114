/** Where files go to. Reading order: {@code Destination}, {@code LocalDestination}, {@code ServerDestination}. */
@NullMarked
package io.tare.sync.destination;

import org.jspecify.annotations.NullMarked;
