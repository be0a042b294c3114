/** A small, strict JSON reader: {@link io.tare.formats.json.JsonText}. */
@NullMarked
package io.tare.formats.json;

import org.jspecify.annotations.NullMarked;
