/** A stream as events, in both directions: {@code EventSink} makes them, {@code Emitter} writes them. */
@NullMarked
package io.tare.yaml.event;

import org.jspecify.annotations.NullMarked;
