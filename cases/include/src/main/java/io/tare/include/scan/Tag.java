package io.tare.include.scan;

import java.util.Map;
import java.util.Optional;

/** One tag of the ESI language, and where in the page it starts. */
public record Tag(Kind kind, String name, Map<String, String> attributes, long offset) {

  /** Which of its forms: {@code <esi:x>}, {@code <esi:x/>}, {@code </esi:x>}, or nothing that can be understood. */
  public enum Kind {
    OPEN, EMPTY, CLOSE, MALFORMED
  }

  private static final String REASON = "reason";

  public Tag {
    attributes = Map.copyOf(attributes);
  }

  static Tag malformed(String reason, long offset) {
    return new Tag(Kind.MALFORMED, "", Map.of(REASON, reason), offset);
  }

  public Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  /** Why a malformed tag can't be understood. */
  public String reason() {
    return attributes.getOrDefault(REASON, "");
  }

  public boolean opens(String element) {
    return kind == Kind.OPEN && name.equals(element);
  }

  public boolean closes(String element) {
    return kind == Kind.CLOSE && name.equals(element);
  }
}
