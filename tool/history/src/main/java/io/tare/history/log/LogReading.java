package io.tare.history.log;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.gclog.GcLogLines;
import io.tare.formats.jvm.NmtText;
import io.tare.formats.memstats.MemstatsLines;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.log.GcSummary.GcTimeline;
import io.tare.history.log.GcSummary.GcTimes;
import io.tare.history.log.LabelSummary.LabelTimeline;
import io.tare.model.Problem;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LogSummary;
import io.tare.model.history.LogSummary.Categories;
import io.tare.model.history.LogSummary.Category;
import io.tare.model.history.LogSummary.Collections;
import io.tare.model.history.LogSummary.Pauses;
import io.tare.model.history.Timeline;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.NmtReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads logs line by line, recognises each line by what stands in it, and says what they tell together. Files of one process may
 * follow each other in any order where the lines carry times.
 */
public final class LogReading {
  private final GcLogLines collections;
  private final MemstatsLines labels;
  private final NmtSections sections;
  private final List<String> sources = new ArrayList<>();
  private final List<Problem> endings = new ArrayList<>();
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

  /** Says that the file which is read holds less than it should. */
  public void endsEarly(String words) {
    endings.add(new Problem(sources.isEmpty() ? "log" : sources.getLast(), "", words));
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

  /** How long collections stopped the program; empty where no line tells. */
  public Optional<Pauses> pauses() {
    return GcSummary.of(collections.log(), GcTimes.inOrder(collections.log().events())).map(Collections::pauses)
        .filter(pauses -> pauses.count() > 0);
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
    List<Problem> problems = new ArrayList<>(endings);
    problems.addAll(sections.problems());
    long left = collections.left() + labels.left();
    if (left > 0) {
      problems.add(new Problem("log", "", left + " readings are left out: there are too many"));
    }
    return problems;
  }
}

/** Answers to {@code VM.native_memory} between the other lines: each from its heading to where it ends. */
final class NmtSections {
  private static final int LONGEST = 4 << 20;
  /** What jcmd prints before an answer: {@code 4711:}. */
  private static final Pattern PROCESS = Pattern.compile("\\d{1,10}:");
  private final ParseLimits limits;
  private final List<NmtReport> reports = new ArrayList<>();
  private final Map<String, Long> changes = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final StringBuilder section = new StringBuilder();
  private boolean inside;

  NmtSections(ParseLimits limits) {
    this.limits = limits;
  }

  /** Whether the line belongs to such an answer. */
  boolean accept(String line) {
    String text = line.strip();
    if (text.startsWith("Native Memory Tracking:") || (!inside && text.startsWith("Total: reserved="))) {
      end();
      inside = true;
    }
    if (inside && belongs(line) && section.length() < LONGEST) {
      section.append(line).append('\n');
      return true;
    }
    end();
    return PROCESS.matcher(text).matches();
  }

  private static boolean belongs(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("-") || text.startsWith("(") || text.startsWith("Native Memory Tracking:")
        || text.startsWith("Total:") || text.startsWith("malloc") || text.startsWith("mmap:") || text.startsWith("[0x")
        || line.startsWith(" ");
  }

  void end() {
    if (!section.isEmpty()) {
      read(section.toString());
    }
    section.setLength(0);
    inside = false;
  }

  private void read(String text) {
    try {
      Parsed<NmtReport> parsed = NmtText.parse("native memory", text, limits);
      reports.add(parsed.value());
      problems.addAll(parsed.problems());
      NmtText.parseChange("native memory", text, limits).value().categories()
          .forEach(category -> changes.merge(category.name(), category.committedBytes(), (a, b) -> b));
    } catch (NotThisFormat other) {
      problems.add(new Problem("native memory", "", String.valueOf(other.getMessage())));
    }
  }

  List<Problem> problems() {
    return List.copyOf(problems.subList(0, Math.min(limits.problems(), problems.size())));
  }

  /** The last answer, and what changed since the first; of a single one, what it says itself of a baseline. */
  Optional<Categories> summary() {
    if (reports.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> first = new LinkedHashMap<>();
    reports.getFirst().categories().forEach(category -> first.put(category.name(), category.committedBytes()));
    List<Category> categories = reports.getLast().categories().stream()
        .map(category -> new Category(category.name(), category.committedBytes(), reports.size() == 1
            ? changes.getOrDefault(category.name(), 0L)
            : category.committedBytes() - first.getOrDefault(category.name(), 0L)))
        .sorted(Comparator.comparingLong((Category one) -> Math.abs(one.changeBytes()))
            .thenComparingLong(Category::committedBytes).reversed())
        .toList();
    return Optional.of(new Categories(reports.size(), categories));
  }
}
