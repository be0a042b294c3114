package io.tare.include.scan;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one tag such as {@code <esi:include src="/head" onerror='continue'/>} once all of its bytes are there. */
final class TagParser {
  static final int NOT_CLOSED = -1;
  private static final Pattern NAME = Pattern.compile("</?esi:([a-z-]+)");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([A-Za-z_:-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
  private static final Pattern END = Pattern.compile("\\s*(/?)>");

  private TagParser() {}

  /** Behind the tag's last byte, or where another tag starts inside of it; {@link #NOT_CLOSED} when neither is there yet. */
  static int end(byte[] bytes, int from, int to) {
    int quote = 0;
    for (int at = from + 1; at < to; at++) {
      byte letter = bytes[at];
      if (quote != 0) {
        quote = letter == quote ? 0 : quote;
      } else if (letter == '"' || letter == '\'') {
        quote = letter;
      } else if (letter == '>') {
        return at + 1;
      } else if (letter == '<') {
        return at;
      }
    }
    return NOT_CLOSED;
  }

  static Tag parse(byte[] bytes, int from, int to, long offset) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    Matcher name = NAME.matcher(text);
    if (!name.lookingAt()) {
      return Tag.malformed("a tag without a name: " + shortened(text), offset);
    }
    Map<String, String> attributes = new HashMap<>();
    int at = name.end();
    Matcher attribute = ATTRIBUTE.matcher(text);
    while (attribute.region(at, text.length()).lookingAt()) {
      String value = attribute.group(2) == null ? attribute.group(3) : attribute.group(2);
      attributes.put(attribute.group(1), unescaped(value));
      at = attribute.end();
    }
    Matcher end = END.matcher(text).region(at, text.length());
    if (!end.matches()) {
      return Tag.malformed("expected name=\"value\" or the end of the tag in " + shortened(text), offset);
    }
    Tag.Kind whole = end.group(1).isEmpty() ? Tag.Kind.OPEN : Tag.Kind.EMPTY;
    return new Tag(text.startsWith("</") ? Tag.Kind.CLOSE : whole, name.group(1), attributes, offset);
  }

  private static String unescaped(String value) {
    return value.indexOf('&') < 0
        ? value
        : value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'")
            .replace("&amp;", "&");
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
