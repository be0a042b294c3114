package io.tare.yaml.tape;

/** Tags of YAML's own schemas, which a value's kind says already. */
public final class Tags {
  public static final String STANDARD = "tag:yaml.org,2002:";
  public static final String FLOAT = STANDARD + "float";

  private Tags() {}

  /** Whether the value's kind says what the tag says. */
  static boolean says(String tag, long word) {
    return switch (tag) {
      case "!", STANDARD + "str" -> Word.isText(word);
      case STANDARD + "seq" -> Word.tag(word) == Word.SEQUENCE;
      case STANDARD + "map" -> Word.tag(word) == Word.MAPPING;
      case STANDARD + "int" -> Word.tag(word) == Word.INT;
      case STANDARD + "bool" -> word == Word.TRUE || word == Word.FALSE;
      case STANDARD + "null" -> word == Word.NULL;
      default -> false;
    };
  }
}
