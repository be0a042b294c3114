package io.tare.sync.filter;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files a run is about. The rules are asked in order and the first that matches decides; what no rule matches is in. With an
 * {@code --include} anywhere, what no rule matches is out. As rclone does it, all includes come before all excludes, and both before
 * the rules of {@code --filter}.
 *
 * <p>A file that is left out does not exist for the run: it is neither brought nor deleted.
 */
public final class PathFilter {
  public static final PathFilter ALL = new PathFilter(List.of());
  private static final String EVERYTHING_BELOW = "**";

  private final List<Rule> rules;

  private record Rule(boolean isIn, String glob, Pattern pattern) {
    static Rule of(boolean isIn, String glob) throws BadFilter {
      // A rule for a directory leaves out all that is in it, but brings nothing by itself.
      String whole = !isIn && glob.endsWith("/") ? glob + EVERYTHING_BELOW : glob;
      return new Rule(isIn, whole, Glob.pattern(whole));
    }

    boolean matches(String path) {
      return pattern.matcher(path).find();
    }

    /** Whether nothing below the directory can match. */
    boolean isElsewhere(String directory) {
      String beginning = Glob.sureBeginning(glob);
      return !beginning.startsWith(directory) && !directory.startsWith(beginning);
    }

    /** What such a pattern matches, it matches with anything behind it. */
    boolean takesAllBelow(String directory) {
      return glob.endsWith(EVERYTHING_BELOW) && matches(directory);
    }
  }

  private PathFilter(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Gathers rules as they are given. */
  public static final class Builder {
    private final List<Rule> includes = new ArrayList<>();
    private final List<Rule> excludes = new ArrayList<>();
    private List<Rule> mixed = new ArrayList<>();

    public void include(String glob) throws BadFilter {
      includes.add(Rule.of(true, glob));
    }

    public void exclude(String glob) throws BadFilter {
      excludes.add(Rule.of(false, glob));
    }

    /** {@code + PATTERN}, {@code - PATTERN}, or {@code !} to forget the rules of this kind so far. */
    public void rule(String line) throws BadFilter {
      if (line.equals("!")) {
        mixed = new ArrayList<>();
      } else if (line.startsWith("+ ") || line.startsWith("- ")) {
        mixed.add(Rule.of(line.startsWith("+"), line.substring(2).strip()));
      } else {
        throw new BadFilter("a filter is '+ PATTERN', '- PATTERN' or '!', not '" + line + "'");
      }
    }

    public PathFilter build() throws BadFilter {
      List<Rule> all = new ArrayList<>(includes);
      all.addAll(excludes);
      all.addAll(mixed);
      if (!includes.isEmpty()) {
        all.add(Rule.of(false, "/" + EVERYTHING_BELOW));
      }
      return all.isEmpty() ? ALL : new PathFilter(all);
    }
  }

  /** What tells this filter from another. */
  public String identity() {
    return rules.stream().map(rule -> (rule.isIn() ? "+ " : "- ") + rule.glob()).collect(joining("\n"));
  }

  public boolean isAll() {
    return rules.isEmpty();
  }

  public boolean isIn(String path) {
    for (Rule rule : rules) {
      if (rule.matches(path)) {
        return rule.isIn();
      }
    }
    return true;
  }

  /** Whether a file below may be in, so that the directory has to be listed. In doubt, yes. Its name ends with {@code /}. */
  public boolean mayHoldSome(String directory) {
    for (Rule rule : rules) {
      if (rule.isIn() ? !rule.isElsewhere(directory) : rule.takesAllBelow(directory)) {
        return rule.isIn();
      }
    }
    return true;
  }
}
