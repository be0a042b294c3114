package io.tare.formats.memstats;

import io.tare.formats.ParseLimits;
import io.tare.formats.text.Moments;
import io.tare.formats.text.Numbers;
import io.tare.formats.text.Sizes;
import io.tare.model.history.LabelledReading;
import io.tare.model.history.LogSummary.BatchReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a log line by line, so that a long one never has to be in memory as a whole. */
public final class MemstatsLines {
  private static final int MOST_PAIRS = 100;
  private static final Pattern LABEL = Pattern.compile("\\[MEMSTATS:([^\\]\\r\\n]{0,200})\\]");
  private static final Pattern PAIR = Pattern
      .compile("\\G,?\\s+([A-Za-z][A-Za-z0-9_]{0,40})=(-?\\d{1,18}(?:\\.\\d{1,6})?)([A-Za-z%]{0,2})(?=[\\s,]|$)");
  /** {@code AFTER RUN:  HeapInuse = 2.7 MB, HeapIdle = 1.7 MB}: figures by the names that Go's runtime gives them. */
  private static final Pattern PLAIN = Pattern
      .compile("^(.{0,100}?)\\b([A-Z][A-Z0-9_]{0,30}(?: [A-Z0-9_]{1,30}){0,4}):(?=\\s+[A-Z][A-Za-z]{2,20} ?= ?\\d)");
  private static final Pattern PLAIN_PAIR = Pattern.compile("\\G,?\\s+(Alloc|TotalAlloc|Sys|Mallocs|Frees|NumGC"
      + "|Heap(?:Alloc|Sys|Idle|Inuse|Released|Objects)|Stack(?:Inuse|Sys)|GCSys|OtherSys)"
      + " ?= ?(\\d{1,18}(?:\\.\\d{1,6})?) ?([kKMGT]?B)?(?=[\\s,]|$)");
  private static final Pattern BATCH = Pattern.compile("\\b[Bb]atch #?(\\d{1,15})\\b(.{0,300})");
  private static final Pattern ENTRIES = Pattern.compile("\\b(?:size|entries|items|count)=(\\d{1,15})\\b");
  private static final Pattern BYTES = Pattern
      .compile("\\b(?:est_bytes|bytes)=(\\d{1,15}(?:\\.\\d{1,6})?) ?([kKMGT]?i?B)?\\b");

  private final int most;
  private final List<LabelledReading> readings = new ArrayList<>();
  private final List<BatchReading> batches = new ArrayList<>();
  private long left;

  public MemstatsLines(ParseLimits limits) {
    most = limits.items();
  }

  /** Whether the line is a labelled reading, or tells of a batch and its size. */
  public boolean accept(String line) {
    Matcher label = LABEL.matcher(line);
    if (label.find()) {
      add(readings, new LabelledReading(Moments.first(line.substring(0, label.start())), label.group(1),
          values(PAIR, line, label.end())));
      return true;
    }
    Matcher plain = PLAIN.matcher(line);
    if (plain.find()) {
      Map<String, Long> values = values(PLAIN_PAIR, line, plain.end());
      if (!values.isEmpty()) {
        add(readings, new LabelledReading(Moments.first(plain.group(1)), label(plain.group(2)), values));
        return true;
      }
    }
    Matcher batch = BATCH.matcher(line);
    return batch.find() && batch(Long.parseLong(batch.group(1)), batch.group(2));
  }

  /** {@code AFTER_RUN}; how serious a line is stands before its label, and is none of it. */
  private static String label(String words) {
    return words.replaceFirst("^(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR) ", "").replace(' ', '_');
  }

  private boolean batch(long number, String rest) {
    Matcher entries = ENTRIES.matcher(rest);
    Matcher bytes = BYTES.matcher(rest);
    OptionalLong count = entries.find() ? Numbers.decimal(entries.group(1)) : OptionalLong.empty();
    OptionalLong size = bytes.find()
        ? Sizes.bytes(bytes.group(1), bytes.group(2) == null ? "" : bytes.group(2).replace("i", ""))
        : OptionalLong.empty();
    if (count.isEmpty() && size.isEmpty()) {
      return false;
    }
    add(batches, new BatchReading(number, count, size));
    return true;
  }

  private <T> void add(List<T> list, T value) {
    if (list.size() < most) {
      list.add(value);
    } else {
      left++;
    }
  }

  private static Map<String, Long> values(Pattern form, String line, int from) {
    Map<String, Long> values = new LinkedHashMap<>();
    Matcher pair = form.matcher(line).region(from, line.length());
    while (values.size() < MOST_PAIRS && pair.find()) {
      value(pair.group(2), pair.group(3) == null ? "" : pair.group(3))
          .ifPresent(value -> values.put(pair.group(1), value));
    }
    return values;
  }

  /** A size in bytes; whatever else has a unit keeps it. */
  private static OptionalLong value(String number, String unit) {
    OptionalLong bytes = Sizes.bytes(number, unit);
    return bytes.isPresent() ? bytes : Sizes.bytes(number, "");
  }

  /** How many readings did not fit. */
  public long left() {
    return left;
  }

  public List<LabelledReading> readings() {
    return List.copyOf(readings);
  }

  public List<BatchReading> batches() {
    return List.copyOf(batches);
  }
}
