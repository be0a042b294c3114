/**
 * Texts that are kept once: {@link io.tare.kit.text.StringInterner} and {@link io.tare.kit.text.ByteInterner}, and read where they lie:
 * {@link io.tare.kit.text.Utf8Slice}.
 */
@NullMarked
package io.tare.kit.text;

import org.jspecify.annotations.NullMarked;
