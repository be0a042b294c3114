package io.tare.app;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As much of JSON Schema as {@code docs/schema} uses: type, properties, required, items, const, and references into $defs. */
record JsonSchema(Map<?, ?> whole) {
  static Object parse(String json) throws NotThisFormat {
    return JsonText.parse("json", json, ParseLimits.DEFAULT).value();
  }

  static JsonSchema of(String json) throws NotThisFormat {
    return new JsonSchema((Map<?, ?>) parse(json));
  }

  /** What is wrong with the value, each with its place; a member that the schema doesn't know is wrong, too. */
  List<String> problems(Object value) {
    List<String> problems = new ArrayList<>();
    check(whole, value, "", problems);
    return problems;
  }

  private void check(Map<?, ?> rule, Object value, String place, List<String> problems) {
    Map<?, ?> here = resolved(rule);
    if (here.containsKey("const") && !value.equals(here.get("const"))) {
      problems.add(place + " is not " + here.get("const"));
    }
    List<?> types = types(here);
    String type = typeOf(value);
    if (!types.isEmpty() && !types.contains(type) && !(type.equals("integer") && types.contains("number"))) {
      problems.add(place + " is of type " + type + ", not " + types);
    }
    if (value instanceof Map<?, ?> object && here.get("properties") instanceof Map<?, ?> members) {
      for (Object name : required(here)) {
        if (!object.containsKey(name)) {
          problems.add(place + " has no member " + name);
        }
      }
      object.forEach((name, member) -> {
        if (members.get(name) instanceof Map<?, ?> known) {
          check(known, member, place + "." + name, problems);
        } else {
          problems.add(place + " has a member that the schema doesn't know: " + name);
        }
      });
    }
    if (value instanceof List<?> array && here.get("items") instanceof Map<?, ?> each) {
      array.forEach(element -> check(each, element, place + "[]", problems));
    }
  }

  /** Every member with its place: its type, and whether it is always there. What is under a reference stands once. */
  Map<String, String> members() {
    Map<String, String> members = new TreeMap<>();
    list(whole, "", members);
    if (whole.get("$defs") instanceof Map<?, ?> shared) {
      shared.forEach((name, rule) -> list((Map<?, ?>) rule, name + ":", members));
    }
    return members;
  }

  private void list(Map<?, ?> rule, String place, Map<String, String> members) {
    if (rule.get("properties") instanceof Map<?, ?> known) {
      known.forEach((name, member) -> {
        Map<?, ?> one = (Map<?, ?>) member;
        String type = one.containsKey("const")
            ? "string"
            : String.join("|", types(one).stream().map(Object::toString).toList());
        members.put(place + name, type + (required(rule).contains(name) ? " always" : ""));
        list(one, place + name + ".", members);
        if (one.get("items") instanceof Map<?, ?> each) {
          list(each, place + name + "[].", members);
        }
      });
    }
  }

  private Map<?, ?> resolved(Map<?, ?> rule) {
    if (!(rule.get("$ref") instanceof String name) || !(whole.get("$defs") instanceof Map<?, ?> shared)) {
      return rule;
    }
    return (Map<?, ?>) shared.get(name.substring("#/$defs/".length()));
  }

  private static List<?> required(Map<?, ?> rule) {
    return rule.get("required") instanceof List<?> names ? names : List.of();
  }

  private static List<?> types(Map<?, ?> rule) {
    return switch (rule.get("type")) {
      case List<?> several -> several;
      case String one -> List.of(one);
      case null, default -> List.of();
    };
  }

  private static String typeOf(Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "object";
      case List<?> _ -> "array";
      case String _ -> "string";
      case Boolean _ -> "boolean";
      case Long _ -> "integer";
      case Double _ -> "number";
      default -> "null";
    };
  }
}
