package io.tare.app.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a page between fences, each with the marker above it, a comment that readers don't see:
 *
 * <pre>
 * &lt;!-- tried --&gt;                                     each line is a command that ends with 0
 * &lt;!-- tried: line 2 ends with 1; with 60s = 2s --&gt;  but for …; clauses are parted by semicolons
 * &lt;!-- printed by: tare help net --&gt;                 what a command prints
 * &lt;!-- guarded by: library/…/SomeTest.java --&gt;       another test reads this page
 * &lt;!-- not tried: why --&gt;
 * &lt;!-- from Example region --&gt;                       a part of an example of the library, whose test compares them
 * </pre>
 *
 * <p>Clauses of a line: {@code ends with CODE}, {@code prints TEXT}, {@code hears TEXT} (on its standard input), {@code is ended after N s} (as by Ctrl-C),
 * {@code is not tried because …}. Of the block: {@code with A = B}.
 */
final class Blocks {
  private static final Pattern FENCE = Pattern.compile(" *```(\\w*).*");
  private static final Pattern MARKER = Pattern
      .compile("<!-- (tried|printed by|guarded by|not tried|from(?= \\w+ \\w+ -->))(?:: (.*)| \\w+ \\w+)? -->");

  /**
   * A block.
   *
   * @param line of the page, where its fence stands
   * @param kind empty where no marker stands above it
   */
  record Block(String page, int line, Optional<String> kind, String said, List<String> lines) {
    String place() {
      return page + ":" + line;
    }

    List<String> clauses() {
      return Arrays.stream(said.split(";")).map(String::strip).filter(clause -> !clause.isEmpty()).toList();
    }

    /** What is said of one of its lines, counted from 1. */
    Optional<String> clause(int number, String verb) {
      String start = "line " + number + " " + verb + " ";
      return clauses().stream().filter(clause -> clause.startsWith(start))
          .map(clause -> clause.substring(start.length()))
          .findFirst();
    }
  }

  private Blocks() {}

  static List<Block> of(Path home, Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    String above = "";
    for (int at = 0; at < lines.size(); at++) {
      if (FENCE.matcher(lines.get(at)).matches()) {
        int end = at + 1;
        while (!lines.get(end).strip().equals("```")) {
          end++;
        }
        Matcher marker = MARKER.matcher(above.strip());
        boolean isMarked = marker.matches();
        String said = isMarked && marker.group(2) != null ? marker.group(2) : "";
        blocks.add(new Block(home.relativize(page).toString(), at + 1,
            isMarked ? Optional.of(marker.group(1)) : Optional.empty(), said, lines.subList(at + 1, end)));
        at = end;
      }
      if (!lines.get(at).isBlank()) {
        above = lines.get(at);
      }
    }
    return blocks;
  }
}
