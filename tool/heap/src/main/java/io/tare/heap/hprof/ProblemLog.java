package io.tare.heap.hprof;

import io.tare.heap.store.Packed;
import io.tare.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what could not be read, from several threads: a limited number as it is, the rest as a count. */
public final class ProblemLog {
  private static final String ARTIFACT = "heap dump";
  private static final int MOST = 50;

  private static final long WHOLE = -1;

  private record Entry(long position, String message) {}

  private final List<Entry> entries = new ArrayList<>();
  private long unlisted;

  public synchronized void add(long position, String message) {
    if (entries.size() < MOST) {
      entries.add(new Entry(position, message));
    } else {
      unlisted++;
    }
  }

  /** What concerns no single place. */
  public void addOfAll(String message) {
    add(WHOLE, message);
  }

  public synchronized void write(Packed.Out out) {
    out.i8(unlisted);
    out.i4(entries.size());
    entries.forEach(entry -> {
      out.i8(entry.position());
      out.text(entry.message());
    });
  }

  public static ProblemLog read(Packed.In in) {
    ProblemLog log = new ProblemLog();
    log.unlisted = in.i8();
    for (int left = in.i4(); left > 0; left--) {
      log.add(in.i8(), in.text());
    }
    return log;
  }

  /** In the order of the file, so that two runs say the same. */
  public synchronized List<Problem> toList() {
    List<Problem> problems = new ArrayList<>();
    entries.stream()
        .sorted(Comparator.comparingLong(Entry::position).thenComparing(Entry::message))
        .map(entry -> new Problem(ARTIFACT, place(entry), entry.message()))
        .forEach(problems::add);
    if (unlisted > 0) {
      problems.add(new Problem(ARTIFACT, "", "and " + unlisted + " more problems"));
    }
    return List.copyOf(problems);
  }

  private static String place(Entry entry) {
    return entry.position() == WHOLE ? "whole dump" : "offset " + entry.position();
  }
}
