package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the events and tables of one chunk look like, as the chunk itself says. */
final class JfrTypes {
  private static final Set<String> NUMBERS = Set.of("short", "char", "int", "long");
  private static final String TEXT = "java.lang.String";
  private static final int DEEPEST = 64;
  private static final int MOST_ELEMENTS = 200_000;

  private final JfrInput in;
  private final Map<Long, JfrType> types = new HashMap<>();
  private long textType = -1;
  private int elements;

  record JfrField(String name, long type, boolean isInTable, boolean isArray) {}

  record JfrType(long id, String name, List<JfrField> fields) {
    OptionalInt indexOf(String field) {
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).name().equals(field)) {
          return OptionalInt.of(i);
        }
      }
      return OptionalInt.empty();
    }
  }

  private JfrTypes(JfrInput in) {
    this.in = in;
  }

  /** Reads them where the input stands, at the event that holds them. */
  static JfrTypes read(JfrInput in) throws NotThisFormat {
    in.number();
    if (in.number() != 0) {
      throw in.torn();
    }
    in.number();
    in.number();
    in.number();
    int count = in.count();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    JfrTypes types = new JfrTypes(in);
    types.element(texts, 0, null);
    return types;
  }

  @Nullable
  JfrType type(long id) {
    return types.get(id);
  }

  /** The type of texts, whose table holds those that are long or frequent. */
  long textType() {
    return textType;
  }

  /** {@code root} holds {@code metadata}, that {@code class}es, these their {@code field}s. */
  private void element(List<String> texts, int depth, @Nullable JfrType within) throws NotThisFormat {
    if (depth > DEEPEST || ++elements > MOST_ELEMENTS) {
      throw in.torn();
    }
    String name = text(texts);
    Map<String, String> attributes = new HashMap<>();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      attributes.put(text(texts), text(texts));
    }
    JfrType type = within;
    if (name.equals("class")) {
      type = new JfrType(number(attributes, "id"), attributes.getOrDefault("name", ""), new ArrayList<>());
      types.put(type.id(), type);
      textType = type.name().equals(TEXT) ? type.id() : textType;
    } else if (name.equals("field") && within != null) {
      within.fields().add(new JfrField(attributes.getOrDefault("name", ""), number(attributes, "class"),
          attributes.getOrDefault("constantPool", "").equals("true"),
          !attributes.getOrDefault("dimension", "0").equals("0")));
    }
    int children = in.count();
    for (int i = 0; i < children; i++) {
      element(texts, depth + 1, type);
    }
  }

  private String text(List<String> texts) throws NotThisFormat {
    long number = in.number();
    if (number < 0 || number >= texts.size()) {
      throw in.torn();
    }
    return texts.get((int) number);
  }

  private long number(Map<String, String> attributes, String name) throws NotThisFormat {
    try {
      return Long.parseLong(attributes.getOrDefault(name, ""));
    } catch (NumberFormatException none) {
      throw in.torn();
    }
  }

  /** Whether a member is one number of variable length: of a table's entry, or itself. */
  boolean isNumber(JfrField field) {
    JfrType type = types.get(field.type());
    return !field.isArray()
        && (field.isInTable() || (type != null && NUMBERS.contains(type.name())));
  }

  /** Whether a member is a text that stands where it is, or says where it stands. */
  boolean isText(JfrField field) {
    return !field.isArray() && !field.isInTable() && field.type() == textType;
  }

  /** Goes past a member. */
  void pass(JfrInput in, JfrField field) throws NotThisFormat {
    pass(in, field, 0);
  }

  private void pass(JfrInput in, JfrField field, int depth) throws NotThisFormat {
    if (!field.isArray()) {
      if (field.isInTable()) {
        in.number();
      } else {
        passValue(in, field.type(), depth);
      }
      return;
    }
    int count = in.count();
    for (int i = 0; i < count; i++) {
      long before = in.at();
      if (field.isInTable()) {
        in.number();
      } else {
        passValue(in, field.type(), depth);
      }
      if (in.at() == before) {
        // A structure without fields takes no bytes: of those a claim of millions would cost nothing to write.
        throw in.torn();
      }
    }
  }

  /** Goes past a value of a type. */
  void passValue(JfrInput in, long type) throws NotThisFormat {
    passValue(in, type, 0);
  }

  private void passValue(JfrInput in, long type, int depth) throws NotThisFormat {
    JfrType known = types.get(type);
    if (known == null || depth > DEEPEST) {
      throw in.torn();
    }
    switch (known.name()) {
      case "boolean", "byte" -> in.skip(1);
      case "float" -> in.skip(Float.BYTES);
      case "double" -> in.skip(Double.BYTES);
      case "short", "char", "int", "long" -> in.number();
      case TEXT -> in.passText();
      default -> {
        for (JfrField field : known.fields()) {
          pass(in, field, depth + 1);
        }
      }
    }
  }
}
