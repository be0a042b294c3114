package io.tare.history.log;

import io.tare.formats.ParseLimits;
import io.tare.formats.gclog.GcLogLines;
import io.tare.formats.memstats.MemstatsLines;
import io.tare.history.verdict.LeakJudge;
import io.tare.history.verdict.LeakOptions;
import io.tare.model.Problem;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LogSummary;
import io.tare.model.history.Timeline;
import io.tare.model.jvm.GcEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads logs line by line, recognises each line by what stands in it, and says what they tell together. Files of one process may
 * follow each other in any order where the lines carry times.
 */
public final class LogReading {
  private final GcLogLines collections;
  private final MemstatsLines labels;
  private final NmtSections sections;
  private final List<String> sources = new ArrayList<>();
  private long lines;
  private long unknown;

  public LogReading(ParseLimits limits) {
    collections = new GcLogLines(limits);
    labels = new MemstatsLines(limits);
    sections = new NmtSections(limits);
  }

  /** Begins the next file. */
  public void source(String name) {
    sections.end();
    sources.add(name);
  }

  public void accept(String line) {
    lines++;
    if (!labels.accept(line) && !sections.accept(line) && !collections.accept(line) && !line.isBlank()) {
      unknown++;
    }
  }

  /** What all lines together tell. */
  public LogSummary summary(LeakOptions options) {
    sections.end();
    List<GcEvent> events = GcTimes.inOrder(collections.log().events());
    Optional<Timeline> timeline = timeline(events);
    Optional<LeakVerdict> verdict = timeline
        .map(line -> LeakJudge.judge(line, line.marks().isEmpty() ? options : options.inRounds()));
    return new LogSummary(sources, lines, unknown, GcSummary.of(collections.log(), events),
        LabelSummary.of(labels.readings(), labels.batches()), sections.summary(), verdict, problems());
  }

  /** The process as the log shows it over time; empty where nothing in it has a time or an order. */
  public Optional<Timeline> timeline() {
    return timeline(GcTimes.inOrder(collections.log().events()));
  }

  private Optional<Timeline> timeline(List<GcEvent> events) {
    String name = sources.isEmpty() ? "log" : String.join(", ", sources);
    Optional<Timeline> byLabels = LabelTimeline.of(name, labels.readings());
    return byLabels.isPresent() ? byLabels : GcTimeline.of(name, events);
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(sections.problems());
    long left = collections.left() + labels.left();
    if (left > 0) {
      problems.add(new Problem("log", "", left + " readings are left out: there are too many"));
    }
    return problems;
  }
}
