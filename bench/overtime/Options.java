import java.util.List;

/** What was typed. */
record Options(double minutes, double everySeconds, int together, String only, int jdk, double speed, boolean verbose) {
  static Options parse(List<String> words) {
    Options options = new Options(10, 10, 16, "", 0, 1, false);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--verbose")) {
        options = new Options(options.minutes, options.everySeconds, options.together, options.only, options.jdk,
            options.speed, true);
        continue;
      }
      String value = i + 1 < words.size() ? words.get(i + 1) : "";
      options = options.with(words.get(i++), value);
    }
    return options;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--minutes" -> new Options(Double.parseDouble(value), everySeconds, together, only, jdk, speed, verbose);
      case "--every" -> new Options(minutes, Double.parseDouble(value), together, only, jdk, speed, verbose);
      case "--together" -> new Options(minutes, everySeconds, Integer.parseInt(value), only, jdk, speed, verbose);
      case "--only" -> new Options(minutes, everySeconds, together, value, jdk, speed, verbose);
      case "--jdk" -> new Options(minutes, everySeconds, together, only, Integer.parseInt(value), speed, verbose);
      case "--speed" -> new Options(minutes, everySeconds, together, only, jdk, Double.parseDouble(value), verbose);
      default -> throw new IllegalArgumentException("unknown option: " + name);
    };
  }

  /** How long a story is watched by the wall's clock. */
  double wallSeconds() {
    return minutes * 60 / speed;
  }
}
