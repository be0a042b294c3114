package io.tare.sync.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The points of a tuning as a picture of characters: memory to the right, throughput upwards. Points that nothing beats are letters in capitals. */
public final class ParetoPlot {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 14;

  private ParetoPlot() {}

  public static List<String> draw(List<TunePoint> points) {
    double mostMegabytes = points.stream().mapToLong(TunePoint::rssAnonBytes).max().orElse(1);
    double fastest = points.stream().mapToDouble(point -> point.speed().filesPerCpuSecond()).max().orElse(1);
    char[][] canvas = new char[HEIGHT][WIDTH];
    for (char[] row : canvas) {
      Arrays.fill(row, ' ');
    }
    List<String> legend = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      TunePoint point = points.get(i);
      int column = scaled(point.rssAnonBytes() / mostMegabytes, WIDTH);
      int row = HEIGHT - 1 - scaled(point.speed().filesPerCpuSecond() / fastest, HEIGHT);
      boolean isBest = point.isBest(points);
      char letter = (char) ((isBest ? 'A' : 'a') + i);
      canvas[row][column] = letter;
      legend.add(String.format(Locale.ROOT, "  %c %s %s%s", letter, point.variant(),
          PhaseTable.count(point.filesPerBatch()), isBest ? ": nothing beats it" : ""));
    }
    return lines(canvas, legend, fastest, mostMegabytes);
  }

  private static int scaled(double share, int cells) {
    return Math.min(cells - 1, (int) (share * cells));
  }

  private static List<String> lines(char[][] canvas, List<String> legend, double fastest, double mostBytes) {
    List<String> lines = new ArrayList<>();
    lines.add(PhaseTable.count((long) fastest) + " files per processor second");
    for (char[] row : canvas) {
      lines.add("|" + new String(row).stripTrailing());
    }
    lines.add("+" + "-".repeat(WIDTH) + " " + PhaseTable.megabytes((long) mostBytes) + " RssAnon");
    lines.addAll(legend);
    return lines;
  }
}
