package io.tare.formats.json;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pass over a JSON text. */
final class JsonReader {
  private static final int DEEPEST = 400;

  private final String artifact;
  private final String text;
  private final int most;
  private final JsonTokens tokens;
  private int values;
  private int depth;

  JsonReader(String artifact, String text, ParseLimits limits) {
    this.artifact = artifact;
    this.text = text;
    this.most = limits.items();
    this.tokens = new JsonTokens(artifact, text);
  }

  Object document() throws NotThisFormat {
    Object value = value();
    tokens.skipBlanks();
    if (tokens.at() < text.length()) {
      throw tokens.refused("something follows the document");
    }
    return value;
  }

  private Object value() throws NotThisFormat {
    if (++values > most || depth > DEEPEST) {
      throw new NotThisFormat(artifact + " has more than " + most + " values, or is deeper than " + DEEPEST);
    }
    tokens.skipBlanks();
    return switch (tokens.peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> tokens.string();
      case 't' -> tokens.word("true", true);
      case 'f' -> tokens.word("false", false);
      case 'n' -> tokens.word("null", JsonNull.NULL);
      default -> tokens.number();
    };
  }

  private Map<String, Object> object() throws NotThisFormat {
    Map<String, Object> members = new LinkedHashMap<>();
    depth++;
    tokens.take('{');
    if (!tokens.takeIf('}')) {
      do {
        tokens.skipBlanks();
        String name = tokens.string();
        tokens.take(':');
        if (members.put(name, value()) != null) {
          throw tokens.refused("the name '" + name + "' comes twice");
        }
      } while (tokens.takeIf(','));
      tokens.take('}');
    }
    depth--;
    return Collections.unmodifiableMap(members);
  }

  private List<Object> array() throws NotThisFormat {
    List<Object> elements = new ArrayList<>();
    depth++;
    tokens.take('[');
    if (!tokens.takeIf(']')) {
      do {
        elements.add(value());
      } while (tokens.takeIf(','));
      tokens.take(']');
    }
    depth--;
    return List.copyOf(elements);
  }
}
