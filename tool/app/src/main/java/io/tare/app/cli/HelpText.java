package io.tare.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Help texts, made from the table of commands. */
public final class HelpText {
  private static final int WIDTH = 80;

  private HelpText() {}

  public static String overview(String intro, List<Command> commands, List<String> examples, String close) {
    StringBuilder text = new StringBuilder(intro).append("\nCommands:\n");
    for (Command command : commands) {
      text.append(
          row(command.name() + (command.operands().isEmpty() ? "" : " " + command.operands()), command.summary(), 26));
    }
    text.append("\nExamples:\n");
    examples.forEach(example -> text.append("  ").append(example).append('\n'));
    return text.append('\n').append(close).toString();
  }

  public static String of(Command command) {
    StringBuilder text = new StringBuilder("Usage: tare ").append(command.name());
    if (!command.options().isEmpty()) {
      text.append(" [OPTION…]");
    }
    if (!command.operands().isEmpty()) {
      text.append(' ').append(command.operands());
    }
    text.append("\n\n").append(command.summary()).append('\n');
    reflowed(rest(command), WIDTH).forEach(line -> text.append(line).append('\n'));
    if (!command.options().isEmpty()) {
      text.append("\nOptions:\n");
      command.options().forEach(option -> text.append(row(option.usage(), option.helpWithChoices(), 26)));
    }
    if (!command.examples().isEmpty()) {
      text.append("\nExamples:\n");
      command.examples().forEach(example -> text.append("  ").append(example).append('\n'));
    }
    return text.toString();
  }

  /** What is said of a command behind its summary. */
  static String rest(Command command) {
    return command.about().strip().substring(command.summary().length()).stripLeading();
  }

  /** Lines broken anew; empty ones stay, and those that begin with a blank. */
  static List<String> reflowed(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : text.lines().toList()) {
      boolean isAsItIs = line.isBlank() || line.startsWith(" ");
      if (isAsItIs && !paragraph.isEmpty()) {
        lines.addAll(wrap(paragraph.toString(), width));
        paragraph.setLength(0);
      }
      if (isAsItIs) {
        lines.add(line.stripTrailing());
      } else {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
      }
    }
    if (!paragraph.isEmpty()) {
      lines.addAll(wrap(paragraph.toString(), width));
    }
    return lines;
  }

  /** A row of two columns, the second one wrapped. */
  private static String row(String left, String right, int column) {
    List<String> lines = wrap(right, WIDTH - column - 2);
    StringBuilder row = new StringBuilder("  ").append(left);
    if (left.length() >= column) {
      row.append('\n').append(" ".repeat(column + 2));
    } else {
      row.append(" ".repeat(column - left.length()));
    }
    row.append(String.join("\n" + " ".repeat(column + 2), lines));
    return row.append('\n').toString();
  }

  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
