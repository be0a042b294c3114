package io.tare.formats.json;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;

/**
 * JSON by the letter of RFC 8259: an object becomes a {@code Map<String, Object>} in its order, an array a
 * {@code List<Object>}, the rest {@code String}, {@code Long}, {@code Double}, {@code Boolean} or {@link JsonNull}. A
 * number is a Long when it has neither fraction nor exponent and fits.
 *
 * <p>Half a document is none: whatever is malformed, doubled, deeper or larger than the limits is refused with its
 * offset. For instance the manifest of a capture, {@code {"schema": "tare.capture/1", …}}.
 */
public final class JsonText {
  private JsonText() {}

  public static Parsed<Object> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    return Parsed.of(new JsonReader(artifact, content, limits).document());
  }
}
