package io.tare.fleet.ask;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One question.
 *
 * @param title what it asks, in a sentence
 * @param hint what else is to be known of the answer; may be empty
 * @param chart the column that names a row and the one that is drawn; empty where nothing is
 * @param needsMinutes whether hours tell too little
 */
public record Question(String name, String title, String hint, List<String> chart, boolean needsMinutes, String sql) {
  private static final String CHART = "chart: ";
  private static final String MINUTES = "needs minutes";

  public static final List<Question> ALL = Stream.of("waste", "services", "limits", "leaks", "kills", "sizes", "nodes",
      "remedies", "outliers", "drift", "census", "unowned").map(name -> parse(name, resource(name + ".sql"))).toList();

  public Question {
    chart = List.copyOf(chart);
  }

  public static Optional<Question> named(String name) {
    return ALL.stream().filter(question -> question.name.equals(name)).findFirst();
  }

  /** A question of somebody's own. */
  public static Question own(String sql) {
    return new Question("sql", "", "", List.of(), false, sql);
  }

  private static Question parse(String name, String text) {
    List<String> comments = text.lines().takeWhile(line -> line.startsWith("-- ")).map(line -> line.substring(3))
        .toList();
    List<String> chart = comments.stream().filter(line -> line.startsWith(CHART))
        .flatMap(line -> Stream.of(line.substring(CHART.length()).split(" "))).toList();
    String hint = comments.stream().skip(1).filter(line -> !line.startsWith(CHART) && !line.equals(MINUTES))
        .collect(Collectors.joining(" "));
    String sql = text.lines().dropWhile(line -> line.startsWith("--")).collect(Collectors.joining("\n"));
    return new Question(name, comments.getFirst(), hint, chart, comments.contains(MINUTES), sql);
  }

  private static String resource(String name) {
    try (InputStream in = Question.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
