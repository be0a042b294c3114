package io.tare.app.heap;

import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.query.QueryError;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code tare heap DUMP --shell}: one question a line until the end of the input or {@code quit}. A question that can't be answered is told
 * and costs nothing else; from a pipe it makes the shell end with the code of a usage error, after all other questions.
 */
final class HeapShell {
  static final String HELP = """
      summary                  suspects, biggest holders, waste, threads
      classes                  objects and bytes by class
      class NAME               objects of a class, or of a pattern such as com.acme.*
      collections [NAME]       what collections cost, by class; or those of a class, of a pattern
      0x7f3a01c0               an object: its values, who refers to it, its path from a root
      SELECT ...               a query: SELECT s FROM java.lang.String s WHERE s.@length > 1000
      names PART               names of classes with that in them
      help, quit
      """;
  private static final int MOST_NAMES = 40;

  private final DumpAnswers answers;
  private final Console console;

  HeapShell(DumpAnswers answers, Console console) {
    this.answers = answers;
    this.console = console;
  }

  /** Returns whether every question could be answered. */
  boolean run(Lines lines) throws IOException {
    boolean all = true;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String question = line.strip();
      if (question.equals("quit") || question.equals("exit")) {
        break;
      }
      all &= question.isEmpty() || question.startsWith("#") || isAnswered(question);
      console.out().flush();
    }
    return all;
  }

  private boolean isAnswered(String question) throws IOException {
    try {
      String answer = answer(question);
      if (answers.text().colour()) {
        console.out().printPage(answer);
      } else {
        console.out().print(answer);
      }
      return true;
    } catch (QueryError | NotInDump | UsageException mistake) {
      console.err().println("tare: " + mistake.getMessage());
      return false;
    }
  }

  private String answer(String question) throws QueryError, NotInDump, UsageException, IOException {
    int blank = question.indexOf(' ');
    String word = blank < 0 ? question : question.substring(0, blank);
    String rest = blank < 0 ? "" : question.substring(blank + 1).strip();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "help", "?" -> HELP;
      case "summary" -> answers.summary();
      case "classes", "histogram" -> answers.classes();
      case "class" -> answers.ofClass(rest);
      case "collections" -> answers.collections(rest);
      case "object" -> answers.object(rest);
      case "names" -> names(rest);
      case "select" -> answers.select(question);
      default -> {
        if (word.startsWith("0x")) {
          yield answers.object(word);
        }
        throw new UsageException("'" + word + "' is no question; 'help' lists them");
      }
    };
  }

  private String names(String part) {
    String names = String.join("\n", answers.classNames(part, MOST_NAMES));
    return names.isEmpty() ? "no class has " + part + " in its name\n" : names + "\n";
  }

  /** Where questions come from, one by one; null at the end. */
  interface Lines {
    @Nullable
    String next() throws IOException;
  }

  /** Commands, names of classes, and behind a name that stands for the objects of a class its fields. */
  static final class Completions {
    private static final List<String> COMMANDS = List.of("class", "classes", "collections", "help", "names", "object",
        "quit",
        "SELECT", "summary");
    private static final List<String> OF_QUERIES = List.of("@retainedHeapSize", "@usedHeapSize", "@objectAddress",
        "@length", "@displayName");
    private static final Pattern FROM = Pattern.compile("(?i)\\bFROM\\s+(?:INSTANCEOF\\s+)?([\\w.$]+)\\s+(\\w+)");
    private static final int MOST = 200;

    private final DumpAnswers answers;

    Completions(DumpAnswers answers) {
      this.answers = answers;
    }

    List<String> of(String before, String word) {
      if (before.isBlank()) {
        return COMMANDS.stream().filter(command -> command.toLowerCase(Locale.ROOT)
            .startsWith(word.toLowerCase(Locale.ROOT))).toList();
      }
      int dot = word.lastIndexOf('.');
      Matcher from = FROM.matcher(before);
      if (dot > 0 && from.find() && from.group(2).equals(word.substring(0, dot))) {
        return Stream.concat(answers.fieldNames(from.group(1)).stream(), OF_QUERIES.stream())
            .map(field -> word.substring(0, dot + 1) + field).filter(field -> field.startsWith(word)).toList();
      }
      List<String> names = answers.classNames(word, MOST);
      List<String> beginning = names.stream().filter(name -> name.startsWith(word)).toList();
      return beginning.isEmpty() ? names : beginning;
    }
  }
}
