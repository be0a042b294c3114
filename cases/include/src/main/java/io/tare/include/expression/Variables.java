package io.tare.include.expression;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a page may ask about its request: {@code HTTP_HOST}, {@code HTTP_COOKIE{name}}, {@code QUERY_STRING{name}} and the like.
 * All text here has one letter for each byte, so that the page's encoding does not matter.
 */
public record Variables(String path, String query, Function<String, Optional<String>> header) {

  /** A variable's value; empty when the request has none, or when there is no such variable. */
  Optional<String> value(String name, Optional<String> key) {
    return switch (name) {
      case "HTTP_HOST" -> header.apply("host");
      case "HTTP_REFERER" -> header.apply("referer");
      case "HTTP_USER_AGENT" -> header.apply("user-agent");
      case "HTTP_COOKIE" ->
        header.apply("cookie").flatMap(all -> key.isEmpty() ? Optional.of(all) : part(all, ";", key.get()));
      case "HTTP_ACCEPT_LANGUAGE" ->
        header.apply("accept-language").map(all -> key.isEmpty() ? all : Boolean.toString(accepts(all, key.get())));
      case "QUERY_STRING" -> key.isEmpty() ? Optional.of(query) : part(query, "&", key.get()).map(Variables::decoded);
      case "REQUEST_PATH" -> Optional.of(path);
      default -> Optional.empty();
    };
  }

  private static Optional<String> part(String all, String separator, String key) {
    return Arrays.stream(all.split(separator, -1)).map(String::strip).filter(part -> part.startsWith(key + "="))
        .map(part -> part.substring(key.length() + 1)).findFirst();
  }

  private static boolean accepts(String languages, String language) {
    return Arrays.stream(languages.split(",", -1)).map(one -> one.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .anyMatch(language.toLowerCase(Locale.ROOT)::equals);
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
