package io.tare.report.trial;

import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport;
import io.tare.model.trial.TrialReport.Row;
import io.tare.model.trial.TrialReport.Standing;
import io.tare.model.trial.TrialReport.Standing.Verdict;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Variants side by side, for a terminal. */
public final class TrialText {
  private static final int COLUMN = 11;
  private static final int WIDEST_NAME = 40;

  private final Page page;
  private final TrialReport report;
  private final TrialWords words;
  private final int names;

  private TrialText(TrialReport report, TextOptions options) {
    page = new Page(options);
    this.report = report;
    words = new TrialWords(report, options.units());
    int longest = report.rows().stream().mapToInt(row -> row.settings().length()).max().orElse(0) + 5;
    names = Math.clamp(longest, 12, WIDEST_NAME);
  }

  public static String render(TrialReport report, TextOptions options) {
    return new TrialText(report, options).print();
  }

  private String print() {
    page.line().fit(page.width(), String.join(" ", report.command()), Style.BOLD);
    page.line().add(Count.of(report.rows().size(), "variant") + ", " + Count.of(report.rounds(), "round")
        + "; medians, and the difference to the first where it is more than noise", Style.FAINT);
    page.blank();
    words.verdict().forEach(sentence -> page.prose(2, sentence, Style.BOLD));
    page.blank();
    table();
    plot();
    failures();
    report.notes().forEach(note -> page.prose("note: ", note, Style.FAINT));
    return page.print();
  }

  private List<Measure> columns() {
    int fitting = Math.max(1, (page.width() - names) / COLUMN);
    return page.showsAll() ? words.measured() : words.measured().stream().limit(fitting).toList();
  }

  private void table() {
    Line head = page.line().to(names);
    int end = names;
    for (Measure measure : columns()) {
      end += COLUMN;
      head.right(end, measure.id(), Style.FAINT);
    }
    for (int i = 0; i < report.rows().size(); i++) {
      row(i, report.rows().get(i));
    }
  }

  private void row(int index, Row row) {
    boolean isBest = report.best().equals(Optional.of(index));
    Line line = page.line().add(letter(index) + " ", Style.FAINT).fit(names, row.settings(),
        isBest ? Style.BOLD : Style.PLAIN);
    int end = names;
    for (Measure measure : columns()) {
      end += COLUMN;
      line.right(end, words.level(row, measure), Style.PLAIN);
    }
    if (columns().stream().anyMatch(measure -> TrialWords.against(row, measure).isPresent())) {
      beside(row);
    }
  }

  /** What it differs by from the first. */
  private void beside(Row row) {
    Line line = page.line();
    int end = names;
    for (Measure measure : columns()) {
      end += COLUMN;
      Optional<Standing> standing = TrialWords.against(row, measure);
      if (standing.isPresent()) {
        line.right(end, TrialWords.standing(standing.get()), style(measure, standing.get()));
      }
    }
  }

  private static Style style(Measure measure, Standing standing) {
    if (standing.verdict() == Verdict.SAME || standing.verdict() == Verdict.TOO_FEW_RUNS) {
      return Style.FAINT;
    }
    return (standing.verdict() == Verdict.LESS) == measure.unit().lessIsBetter() ? Style.GREEN : Style.YELLOW;
  }

  /** {@code a} to {@code z}, then capitals: the variants' marks in the plot. */
  static char letter(int index) {
    return (char) (index < 26 ? 'a' + index : index < 52 ? 'A' + index - 26 : '*');
  }

  private void failures() {
    for (Row row : report.rows()) {
      row.failures().forEach(why -> page.prose("failed: ", row.settings() + ", " + why, Style.YELLOW));
    }
  }

  /** Memory against time: to the lower left is better, and who is on the front is beaten by nobody in both. */
  private void plot() {
    Measure time = words.measured().contains(Measure.RATE) ? Measure.RATE : Measure.TIME;
    List<Row> drawn = report.rows().stream()
        .filter(row -> row.figures().containsKey(Measure.PEAK) && row.figures().containsKey(time)).toList();
    if (drawn.size() < 2) {
      return;
    }
    String axis = time.unit().lessIsBetter() ? "left is faster" : "right is faster";
    page.heading("MEMORY AGAINST TIME", "lower is lighter, " + axis + "; nobody beats those on the front in both: "
        + String.join(" ", drawn.stream().filter(Row::isOnFront)
            .map(row -> String.valueOf(letter(report.rows().indexOf(row)))).toList()));
    Plot plot = new Plot(Math.clamp(page.width() - 30, 20, 60), Math.clamp(drawn.size() + 4, 6, 14));
    drawn.forEach(row -> plot.add(letter(report.rows().indexOf(row)), value(row, time), value(row, Measure.PEAK)));
    String[] lines = plot.lines();
    for (int i = 0; i < lines.length; i++) {
      String label = i == 0
          ? level(plot.highestY, Measure.PEAK)
          : i == lines.length - 1 ? level(plot.lowestY, Measure.PEAK) : "";
      page.line().right(12, label, Style.FAINT).add(" |" + lines[i]);
    }
    page.line().to(13).add("+" + "-".repeat(lines[0].length()), Style.FAINT);
    page.line().to(14).add(level(plot.lowestX, time), Style.FAINT).right(14 + lines[0].length(),
        level(plot.highestX, time), Style.FAINT);
    page.blank();
  }

  private String level(double value, Measure measure) {
    return TrialWords.level(value, measure.unit(), page.units());
  }

  private static double value(Row row, Measure measure) {
    return Optional.ofNullable(row.figures().get(measure)).orElseThrow().median();
  }

  /** A field of characters that letters are set into. */
  private static final class Plot {
    private final int width;
    private final int height;
    private final List<Mark> marks = new java.util.ArrayList<>();
    private double lowestX = Double.POSITIVE_INFINITY;
    private double highestX = Double.NEGATIVE_INFINITY;
    private double lowestY = Double.POSITIVE_INFINITY;
    private double highestY = Double.NEGATIVE_INFINITY;

    private record Mark(char letter, double x, double y) {}

    Plot(int width, int height) {
      this.width = width;
      this.height = height;
    }

    void add(char letter, double x, double y) {
      marks.add(new Mark(letter, x, y));
      lowestX = Math.min(lowestX, x);
      highestX = Math.max(highestX, x);
      lowestY = Math.min(lowestY, y);
      highestY = Math.max(highestY, y);
    }

    /** From the highest to the lowest; marks that fall on the same place stand side by side. */
    String[] lines() {
      char[][] field = new char[height][width];
      for (char[] line : field) {
        Arrays.fill(line, ' ');
      }
      for (Mark mark : marks) {
        int column = place(mark.x(), lowestX, highestX, width);
        int row = height - 1 - place(mark.y(), lowestY, highestY, height);
        while (column < width - 1 && field[row][column] != ' ') {
          column++;
        }
        field[row][column] = mark.letter();
      }
      return Arrays.stream(field).map(String::new).toArray(String[]::new);
    }

    private static int place(double value, double lowest, double highest, int places) {
      return highest <= lowest ? 0 : (int) Math.round((value - lowest) / (highest - lowest) * (places - 1));
    }
  }
}
