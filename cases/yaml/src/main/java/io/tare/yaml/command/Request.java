package io.tare.yaml.command;

import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.ArenaGrowth;
import io.tare.yaml.basis.YamlOptions.Decoding;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.basis.YamlOptions.Schema;
import io.tare.yaml.basis.YamlOptions.Source;
import io.tare.yaml.basis.YamlOptions.Wrappers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands behind a command: words, options of the loader, and flags of a command's own. */
record Request(List<String> words, YamlOptions options, boolean naive, boolean pause) {
  static Request of(List<String> args) {
    List<String> words = new ArrayList<>();
    YamlOptions options = YamlOptions.DEFAULT;
    boolean naive = false;
    boolean pause = false;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--naive")) {
        naive = true;
      } else if (arg.equals("--pause")) {
        pause = true;
      } else if (!arg.startsWith("--")) {
        words.add(arg);
      } else {
        i++;
        options = with(options, arg, i < args.size() ? args.get(i) : "");
      }
    }
    return new Request(List.copyOf(words), options, naive, pause);
  }

  private static YamlOptions with(YamlOptions options, String name, String value) {
    return switch (name) {
      case "--source" -> options.with(one(Source.class, name, value));
      case "--arena" -> options.with(one(ArenaGrowth.class, name, value));
      case "--dedup" -> options.with(one(Dedup.class, name, value));
      case "--wrappers" -> options.with(one(Wrappers.class, name, value));
      case "--decoding" -> options.with(one(Decoding.class, name, value));
      case "--schema" -> options.with(one(Schema.class, name, value));
      case "--duplicates" -> options.with(one(Duplicates.class, name, value));
      case "--threads" -> options.withThreads(number(name, value));
      default -> throw new IllegalArgumentException("there is no option " + name + "; yaml help lists them");
    };
  }

  private static int number(String name, String value) {
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(name + " is a number from 1 to 9999, not '" + value + "'");
    }
    return Integer.parseInt(value);
  }

  private static <E extends Enum<E>> E one(Class<E> kind, String name, String value) {
    for (E constant : kind.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    List<String> known = new ArrayList<>();
    for (E constant : kind.getEnumConstants()) {
      known.add(constant.name().toLowerCase(Locale.ROOT));
    }
    throw new IllegalArgumentException(name + " is one of " + String.join(", ", known) + ", not '" + value + "'");
  }

  Path file() {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a file is missing; yaml help says what each command takes");
    }
    return Path.of(words.getFirst());
  }
}
