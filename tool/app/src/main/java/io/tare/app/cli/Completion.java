package io.tare.app.cli;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shell completion, made from the table of commands. */
public final class Completion {
  private Completion() {}

  public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  public static String script(String shell, List<Command> commands) {
    return switch (shell) {
      case "fish" -> fish(commands);
      case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash(commands);
      default -> bash(commands);
    };
  }

  private static String bash(List<Command> commands) {
    StringBuilder cases = new StringBuilder();
    // Forms of two words first: the first pattern that fits wins.
    for (Command command : commands.stream().sorted(Comparator.comparingInt(Command::words).reversed()).toList()) {
      cases.append("    \"").append(command.name()).append(" \"*) options=\"")
          .append(String.join(" ", forms(command, commands))).append(' ').append(words(command)).append("\" ;;\n");
    }
    return """
        # tare completion: add to ~/.bashrc   source <(tare completion bash)
        _tare() {
          local word="${COMP_WORDS[COMP_CWORD]}" options=""
          case "${COMP_WORDS[1]} ${COMP_WORDS[2]:-} " in
        %s    *) options="%s" ;;
          esac
          COMPREPLY=($(compgen -W "$options" -- "$word"))
          if [[ $COMP_CWORD -eq 1 ]]; then
            COMPREPLY=($(compgen -W "%s $(ls /proc | grep -E '^[0-9]+$')" -- "$word"))
          fi
          [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$word"))
          [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
          return 0
        }
        complete -F _tare tare ./tare
        """.formatted(cases, words(commands.getFirst()),
        commands.stream().filter(command -> command.words() == 1).map(Command::name).collect(Collectors.joining(" ")));
  }

  /** The second words of the forms that a command has: {@code diff} and {@code redact} of {@code heap}. */
  private static List<String> forms(Command command, List<Command> commands) {
    String start = command.name() + " ";
    return commands.stream().map(Command::name).filter(name -> name.startsWith(start))
        .map(name -> name.substring(start.length())).toList();
  }

  private static String words(Command command) {
    return command.options().stream().flatMap(Completion::words).collect(Collectors.joining(" "));
  }

  private static Stream<String> words(Option option) {
    if (!option.choices().isEmpty()) {
      Stream<String> values = option.choices().stream().map(choice -> option.name() + "=" + choice);
      return option.valueMayBeLeftOut() ? Stream.concat(Stream.of(option.name()), values) : values;
    }
    return Stream.of(option.takesValue() ? option.name() + "=" : option.name());
  }

  private static String fish(List<Command> commands) {
    StringBuilder script = new StringBuilder(
        "# tare completion: tare completion fish > ~/.config/fish/completions/tare.fish\n");
    for (Command command : commands) {
      String last = command.name().substring(command.name().indexOf(' ') + 1);
      String when = command.words() == 1
          ? "__fish_use_subcommand"
          : "'__fish_seen_subcommand_from " + command.name().substring(0, command.name().indexOf(' ')) + "'";
      script.append("complete -c tare -n ").append(when).append(" -a ").append(last).append(" -d '")
          .append(command.summary().replace("'", "\\'")).append("'\n");
      for (Option option : command.options()) {
        script.append("complete -c tare -n '__fish_seen_subcommand_from ").append(last).append("' -l ")
            .append(option.name().substring(2))
            .append(option.choices().isEmpty() ? "" : " -a '" + String.join(" ", option.choices()) + "'")
            .append(" -d '").append(option.help().replace("'", "\\'")).append("'\n");
      }
    }
    return script.toString();
  }
}
