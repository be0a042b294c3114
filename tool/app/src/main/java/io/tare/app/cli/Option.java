package io.tare.app.cli;

import java.util.List;

/**
 * One option of a command.
 *
 * @param name with its dashes: {@code --format}
 * @param shortName {@code -o}, or empty
 * @param value what the value is called in help texts; empty for a switch. {@code [WHAT]} in brackets marks one that may be left out
 * @param choices the values that are possible, for completion and checking; empty when any is
 */
public record Option(String name, String shortName, String value, List<String> choices, String help) {
  public Option {
    choices = List.copyOf(choices);
  }

  public static Option flag(String name, String help) {
    return new Option(name, "", "", List.of(), help);
  }

  public static Option value(String name, String value, String help) {
    return new Option(name, "", value, List.of(), help);
  }

  public static Option choice(String name, String value, List<String> choices, String help) {
    return new Option(name, "", value, choices, help);
  }

  public Option shortAs(String letter) {
    return new Option(name, letter, value, choices, help);
  }

  /** Every value that is possible is said somewhere. */
  String helpWithChoices() {
    boolean isSaid = choices.stream().allMatch(choice -> help.contains(choice));
    return isSaid ? help : help + "; one of " + String.join(", ", choices);
  }

  boolean takesValue() {
    return !value.isEmpty();
  }

  boolean valueMayBeLeftOut() {
    return value.startsWith("[");
  }

  /** Marked by an ellipsis behind the value: {@code ACCOUNT=AMOUNT…}. */
  boolean mayBeRepeated() {
    return value.endsWith("…");
  }

  /** The option as help shows it: {@code -o, --output=FILE}. */
  String usage() {
    String front = shortName.isEmpty() ? "    " : shortName + ", ";
    if (!takesValue()) {
      return front + name;
    }
    return front + name + (valueMayBeLeftOut() ? "[=" + value.substring(1) : "=" + value);
  }
}
