package io.tare.app.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shell completion, made from the table of commands. The first command is the one that needs no word. */
public final class Completion {
  private Completion() {}

  public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  /**
   * The script of a shell.
   *
   * @param operands words that a command takes, by its name
   */
  public static String script(String shell, List<Command> commands, Map<String, List<String>> operands) {
    return switch (shell) {
      case "fish" -> fish(commands, operands);
      case "zsh" -> zsh(commands, operands);
      default -> bash(commands, operands);
    };
  }

  private static String bash(List<Command> commands, Map<String, List<String>> operands) {
    // A colon or an equals sign ends a word in bash, so that --format=json is three of them.
    return """
        # tare completion: add to ~/.bashrc   source <(tare completion bash)
        _tare() {
          local word="${COMP_WORDS[COMP_CWORD]}" before="" options=""
          if [[ $word == "=" ]]; then
            before="${COMP_WORDS[COMP_CWORD-1]}=" word=""
          elif [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[COMP_CWORD-1]} == "=" ]]; then
            before="${COMP_WORDS[COMP_CWORD-2]}="
          fi
          case "${COMP_WORDS[1]} ${COMP_WORDS[2]:-} " in
        %s    *) options="%s" ;;
          esac
          COMPREPLY=($(compgen -W "$options" -- "$before$word"))
          COMPREPLY=("${COMPREPLY[@]#"$before"}")
          if [[ $COMP_CWORD -eq 1 ]]; then
            COMPREPLY=($(compgen -W "%s $(cd /proc && echo [0-9]*)" -- "$word"))
          fi
          [[ -z ${COMPREPLY[0]:-} ]] && COMPREPLY=($(compgen -f -- "$word"))
          [[ ${COMPREPLY[0]:-} == *= ]] && compopt -o nospace
          return 0
        }
        complete -F _tare tare ./tare
        """.formatted(cases(commands, operands), words(commands.getFirst()), names(commands));
  }

  private static String zsh(List<Command> commands, Map<String, List<String>> operands) {
    return """
        #compdef tare
        # tare completion: tare completion zsh > a folder of $fpath, as _tare; or   source <(tare completion zsh)
        _tare() {
          local options=""
          case "${words[2]} ${words[3]} " in
        %s    *) options="%s" ;;
          esac
          if (( CURRENT == 2 )); then
            compadd -- %s
            compadd -- /proc/<->(:t)
          fi
          local each
          for each in ${=options}; do
            if [[ $each == *= ]]; then compadd -S '' -- $each; else compadd -- $each; fi
          done
          _files
        }
        if [[ ${funcstack[1]} == _tare ]]; then _tare "$@"; elif (( $+functions[compdef] )); then compdef _tare tare; fi
        """.formatted(cases(commands, operands), words(commands.getFirst()), names(commands));
  }

  /** Which options there are, by the first two words; forms of two words first, for the first pattern that fits wins. */
  private static String cases(List<Command> commands, Map<String, List<String>> operands) {
    StringBuilder cases = new StringBuilder();
    for (Command command : commands.stream().sorted(Comparator.comparingInt(Command::words).reversed()).toList()) {
      cases.append("    \"").append(command.name()).append(" \"*) options=\"")
          .append(Stream.of(forms(command, commands), operands.getOrDefault(command.name(), List.of()),
              List.of(words(command))).flatMap(List::stream).filter(word -> !word.isEmpty())
              .collect(Collectors.joining(" ")))
          .append("\" ;;\n");
    }
    return cases.toString();
  }

  private static String names(List<Command> commands) {
    return commands.stream().filter(command -> command.words() == 1).map(Command::name)
        .collect(Collectors.joining(" "));
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

  private static String fish(List<Command> commands, Map<String, List<String>> operands) {
    StringBuilder script = new StringBuilder(
        "# tare completion: tare completion fish > ~/.config/fish/completions/tare.fish\n");
    for (Command command : commands) {
      String first = command.name().split(" ")[0];
      String last = command.name().substring(command.name().indexOf(' ') + 1);
      String seen = command.words() == 1
          ? "__fish_seen_subcommand_from " + first
          : "__fish_seen_subcommand_from " + first + "; and __fish_seen_subcommand_from " + last;
      script.append("complete -c tare -n ")
          .append(quoted(command.words() == 1 ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + first))
          .append(" -a ").append(last).append(" -d ").append(quoted(command.summary())).append('\n');
      // The first command's name may be left out; a form's second word is another command's name.
      String others = command.equals(commands.getFirst())
          ? "not __fish_seen_subcommand_from " + names(commands.subList(1, commands.size()))
          : seen + formOf(command, commands).map(form -> "; and not __fish_seen_subcommand_from " + form).orElse("");
      operands.getOrDefault(command.name(), List.of()).forEach(word -> script.append("complete -c tare -n ")
          .append(quoted(seen)).append(" -f -a ").append(word).append('\n'));
      for (Option option : command.options()) {
        script.append("complete -c tare -n ").append(quoted(others)).append(" -l ").append(option.name().substring(2))
            .append(option.shortName().isEmpty() ? "" : " -s " + option.shortName().substring(1))
            .append(option.choices().isEmpty() ? "" : " -x -a " + quoted(String.join(" ", option.choices())))
            .append(option.choices().isEmpty() && option.takesValue() && !option.valueMayBeLeftOut() ? " -r" : "")
            .append(" -d ").append(quoted(option.help())).append('\n');
      }
    }
    return script.toString();
  }

  /** The command of which a form has this command's name as its second word. */
  private static Optional<String> formOf(Command command, List<Command> commands) {
    return commands.stream().map(Command::name).filter(name -> name.endsWith(" " + command.name()))
        .map(name -> name.split(" ")[0]).findFirst();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
