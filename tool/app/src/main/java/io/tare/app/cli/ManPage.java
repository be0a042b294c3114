package io.tare.app.cli;

import java.util.List;

/** The manual page, made from the table of commands. */
public final class ManPage {
  private ManPage() {}

  public static String of(List<Command> commands, String version) {
    StringBuilder page = new StringBuilder();
    page.append(".TH TARE 1 \"\" \"tare ").append(roff(version)).append("\" \"User commands\"\n.nh\n.ad l\n")
        .append(".SH NAME\ntare \\- weighs a running process and names the owner of every resident byte\n")
        .append(".SH SYNOPSIS\n.B tare\n.I PID|NAME|FILE.tare\n[OPTION...]\n.br\n.B tare\n")
        .append(".I COMMAND\n[OPTION...] [OPERAND...]\n")
        .append(".SH DESCRIPTION\n")
        .append(
            roff("Gross (what the container charges) - net (what the program itself put there and still uses) = tare."
                + " Every resident byte has an owner; what has none is a line of its own. The default reading only looks:"
                + " it never stops, signals or attaches to the process."))
        .append("\n.SH COMMANDS\n");
    commands.forEach(command -> command(page, command));
    page.append(".SH EXIT STATUS\n");
    for (String row : List.of("0 fine", "1 a finding: a budget is broken, a leak is proved", "2 usage",
        "3 could not measure, or could not write the answer", "141 whoever read the answer has gone")) {
      page.append(".TP 5\n.B ").append(row, 0, row.indexOf(' ')).append('\n')
          .append(roff(row.substring(row.indexOf(' ') + 1))).append('\n');
    }
    page.append(".SH ENVIRONMENT\n");
    for (String row : List.of("TARE_MEMORY memory that Tare itself may use, as --memory says it",
        "TARE_RULES a file of what counts as much, as --rules names it",
        "TARE_RECORDING the recording that 'tare mark' marks", "NO_COLOR no colours",
        "COLUMNS the width of the text")) {
      page.append(".TP\n.B ").append(row, 0, row.indexOf(' ')).append('\n')
          .append(roff(row.substring(row.indexOf(' ') + 1))).append('\n');
    }
    return page.toString();
  }

  private static void command(StringBuilder page, Command command) {
    page.append(".SS tare ").append(roff(command.name())).append(command.operands().isEmpty() ? "" : " ")
        .append(roff(command.operands())).append('\n').append(roff(command.summary())).append('\n');
    for (String line : HelpText.reflowed(HelpText.rest(command), Integer.MAX_VALUE)) {
      page.append(
          line.isEmpty() ? ".PP" : line.startsWith(" ") ? ".br\n\\ \\ " + roff(line.strip()) : ".br\n" + roff(line))
          .append('\n');
    }
    for (Option option : command.options()) {
      page.append(".TP\n.B ").append(roff(option.usage().strip())).append('\n').append(roff(option.helpWithChoices()))
          .append('\n');
    }
    if (!command.examples().isEmpty()) {
      page.append(".PP\nExamples:\n.nf\n");
      command.examples().forEach(example -> page.append("\\ \\ ").append(roff(example).replace("\n", "\n\\ \\ "))
          .append('\n'));
      page.append(".fi\n");
    }
  }

  /** Text as troff has to have it: backslashes and dashes are its own, a dot or quote at the start of a line is a request. */
  private static String roff(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...").replace("'", "\\(aq");
    return safe.startsWith(".") ? "\\&" + safe : safe;
  }
}
