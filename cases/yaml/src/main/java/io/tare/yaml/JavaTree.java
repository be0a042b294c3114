package io.tare.yaml;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions.Limits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as ordinary Java objects. */
final class JavaTree {
  private final YamlDocument document;
  /** Reading digits needs as much time as the square of their number. */
  private static final int MOST_DIGITS = 50_000;
  private final Expansion expansion;

  JavaTree(YamlDocument document, Limits limits, boolean aliases) {
    this.document = document;
    this.expansion = new Expansion(limits, aliases);
  }

  @Nullable
  Object of(long word) {
    expansion.enter(word);
    Object value = switch (document.kind(word)) {
      case NULL, MISSING -> null;
      case BOOLEAN -> document.bool(word);
      case INTEGER -> integer(word);
      case FLOAT -> document.number(word);
      case TEXT -> document.text(word);
      case SEQUENCE -> sequence(word);
      case MAPPING -> mapping(word);
    };
    expansion.leave();
    return value;
  }

  private Object integer(long word) {
    BigInteger value = bigInteger(document.text(word));
    return value.bitLength() < 64 ? value.longValueExact() : value;
  }

  /** Decimal, or as YAML writes it in hexadecimal or octal. */
  static BigInteger bigInteger(String text) {
    if (text.length() > MOST_DIGITS) {
      throw new YamlException(
          "an integer of more than " + MOST_DIGITS + " digits is not made into a number; its text can be read");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0o") ? 8 : 10;
    return new BigInteger(radix == 10 ? lower : lower.substring(2), radix);
  }

  private List<@Nullable Object> sequence(long word) {
    List<@Nullable Object> list = new ArrayList<>();
    for (long i = 0; i < document.size(word); i++) {
      list.add(of(document.get(word, i)));
    }
    return list;
  }

  private Map<@Nullable Object, @Nullable Object> mapping(long word) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (long i = 0; i < document.size(word); i++) {
      map.put(of(document.key(word, i)), of(document.value(word, i)));
    }
    return map;
  }
}
