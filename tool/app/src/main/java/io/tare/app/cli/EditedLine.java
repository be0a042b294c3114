package io.tare.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A line that a person edits: keys go in one by one as a terminal sends them, the line and the place of the cursor come out. */
public final class EditedLine {
  private static final char ESCAPE = 27;
  private static final int MOST_CHARS = 10_000;
  private static final int MOST_HISTORY = 500;

  /** What became of the line by a key. */
  public enum Outcome {
    EDITING, DONE, GIVEN_UP, INPUT_ENDED, CHOICES
  }

  private final BiFunction<String, String, List<String>> completions;
  private final List<String> history = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder sequence = new StringBuilder();
  private List<String> choices = List.of();
  private String unfinished = "";
  private int cursor;
  private int inHistory;

  /** @param completions what the line before a word, and the word's beginning, may be completed to */
  public EditedLine(BiFunction<String, String, List<String>> completions) {
    this.completions = completions;
  }

  public String text() {
    return line.toString();
  }

  public int cursor() {
    return cursor;
  }

  /** What the word at the cursor may become, after {@link Outcome#CHOICES}. */
  public List<String> choices() {
    return choices;
  }

  public List<String> history() {
    return List.copyOf(history);
  }

  /** Begins a new line. */
  public void clear() {
    remember();
    line.setLength(0);
    sequence.setLength(0);
    cursor = 0;
    inHistory = history.size();
  }

  /** Of an earlier session, the oldest first. */
  public void remember(List<String> lines) {
    history.addAll(lines);
    inHistory = history.size();
  }

  private void remember() {
    String text = text();
    if (!text.isBlank() && (history.isEmpty() || !history.getLast().equals(text))) {
      history.add(text);
    }
    if (history.size() > MOST_HISTORY) {
      history.removeFirst();
    }
  }

  public Outcome key(char key) {
    if (!sequence.isEmpty() || key == ESCAPE) {
      inSequence(key);
      return Outcome.EDITING;
    }
    switch (key) {
      case '\r', '\n' -> {
        return Outcome.DONE;
      }
      case 3 -> {
        return Outcome.GIVEN_UP;
      }
      case 4 -> {
        if (line.isEmpty()) {
          return Outcome.INPUT_ENDED;
        }
        delete(cursor, cursor + 1);
      }
      case '\t' -> {
        return complete();
      }
      case 127, 8 -> delete(cursor - 1, cursor);
      case 1 -> cursor = 0;
      case 5 -> cursor = line.length();
      case 11 -> delete(cursor, line.length());
      case 21 -> delete(0, cursor);
      case 23 -> delete(wordBefore(), cursor);
      default -> {
        if (key >= ' ' && line.length() < MOST_CHARS) {
          line.insert(cursor++, key);
        }
      }
    }
    return Outcome.EDITING;
  }

  private void delete(int from, int to) {
    if (from >= 0 && to <= line.length()) {
      line.delete(from, to);
      cursor = Math.min(from, line.length());
    }
  }

  private int wordBefore() {
    int at = cursor;
    while (at > 0 && line.charAt(at - 1) == ' ') {
      at--;
    }
    while (at > 0 && line.charAt(at - 1) != ' ') {
      at--;
    }
    return at;
  }

  /** {@code ESC [ A} and the like; the last character tells the key. */
  private void inSequence(char key) {
    sequence.append(key);
    boolean isComplete = sequence.length() > 2 && key >= '@' && key <= '~';
    if (!isComplete && sequence.length() < 8 && (sequence.length() != 2 || key == '[' || key == 'O')) {
      return;
    }
    String keys = sequence.substring(Math.min(2, sequence.length()));
    sequence.setLength(0);
    switch (keys) {
      case "A" -> recall(inHistory - 1);
      case "B" -> recall(inHistory + 1);
      case "C" -> cursor = Math.min(cursor + 1, line.length());
      case "D" -> cursor = Math.max(cursor - 1, 0);
      case "H", "1~", "7~" -> cursor = 0;
      case "F", "4~", "8~" -> cursor = line.length();
      case "3~" -> delete(cursor, cursor + 1);
      default -> {
      }
    }
  }

  private void recall(int wanted) {
    if (wanted < 0 || wanted > history.size()) {
      return;
    }
    if (inHistory == history.size()) {
      unfinished = text();
    }
    inHistory = wanted;
    line.setLength(0);
    line.append(wanted == history.size() ? unfinished : history.get(wanted));
    cursor = line.length();
  }

  /** As far as all that it may be have in common; tells them if there is nothing to be added. */
  private Outcome complete() {
    int from = cursor;
    while (from > 0 && " (,=<>\"".indexOf(line.charAt(from - 1)) < 0) {
      from--;
    }
    String word = line.substring(from, cursor);
    List<String> found = completions.apply(line.substring(0, from), word);
    String common = found.isEmpty() ? word : found.getFirst();
    for (String other : found) {
      int same = 0;
      while (same < Math.min(common.length(), other.length()) && common.charAt(same) == other.charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    if (found.size() == 1 && !common.endsWith(".")) {
      common += " ";
    }
    if (common.length() > word.length()) {
      line.replace(from, cursor, common);
      cursor = from + common.length();
      return Outcome.EDITING;
    }
    choices = found;
    return found.isEmpty() ? Outcome.EDITING : Outcome.CHOICES;
  }
}
