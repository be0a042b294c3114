/** A stream as events: {@code YamlEvent} is read, {@code Emitter} writes. */
@NullMarked
package io.tare.yaml.event;

import org.jspecify.annotations.NullMarked;
