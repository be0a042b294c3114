package io.tare.history.recording;

import io.tare.history.recording.Entry.EntryVisitor;
import io.tare.model.Problem;
import io.tare.model.history.Counting;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recording, read whole.
 *
 * @param runs the recorders that wrote it: when each began, and when it ended if it did so in an orderly way
 * @param problems what of the file could not be read
 */
public record Recording(List<RecordedTrack> tracks, List<Run> runs, List<Entry.Noted> notes, List<Problem> problems) {
  public Recording {
    tracks = List.copyOf(tracks);
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  /**
   * One recorder's part.
   *
   * @param isClosed false when it is still running, or was killed
   */
  public record Run(Entry.Opened opened, boolean isClosed, long wallMillis, long processorMillis) {}

  /**
   * What a recording holds of one process.
   *
   * @param labels whose it is, where an agent of a node has written that down: {@code service}, {@code pod}, {@code node} …
   */
  public record RecordedTrack(RecordedProcess process, SampleTable samples, List<Weighing> weighings, List<Mark> marks,
      Optional<Ending> ending, List<Counting> countings, Map<String, String> labels) {
    public RecordedTrack {
      weighings = List.copyOf(weighings);
      marks = List.copyOf(marks);
      countings = List.copyOf(countings);
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Of a process whose objects were not counted, and of which nobody wrote down whose it is. */
    public RecordedTrack(RecordedProcess process, SampleTable samples, List<Weighing> weighings, List<Mark> marks,
        Optional<Ending> ending) {
      this(process, samples, weighings, marks, ending, List.of(), Map.of());
    }

    /** What was counted since the process became the program that it is. */
    public List<Counting> countingsOfTheLastProgram() {
      List<Weighing> last = ofTheLastProgram();
      long from = last.isEmpty() || last.getFirst().reason() != WeighingReason.EXEC ? 0 : last.getFirst().epochMillis();
      return countings.stream().filter(counting -> counting.epochMillis() >= from).toList();
    }

    /** The ledgers since the process became the program that it is: what a script weighed before its {@code exec} is another matter. */
    public List<Weighing> ofTheLastProgram() {
      for (int i = weighings.size() - 1; i >= 0; i--) {
        if (weighings.get(i).reason() == WeighingReason.EXEC) {
          return weighings.subList(i, weighings.size());
        }
      }
      return weighings;
    }
  }

  /** Collects entries into a {@link Recording}. */
  public static final class RecordingBuilder implements EntryVisitor {
    /** More than any recorder writes: beyond them a file is made to fill the memory, or several were joined. */
    private static final int MOST_PROCESSES = 10_000;
    private static final int MOST_MARKS = 200_000;
    private static final int MOST_WEIGHINGS = 200_000;
    private static final int MOST_NOTES = 10_000;
    /** Of each one has hundreds of names. */
    private static final int MOST_COUNTINGS = 5_000;

    private final Map<Integer, Draft> drafts = new LinkedHashMap<>();
    private final List<Mark> marksOfAll = new ArrayList<>();
    private final List<Recording.Run> runs = new ArrayList<>();
    private final List<Entry.Noted> notes = new ArrayList<>();
    private final LongPredicate wantedPids;
    private @Nullable Draft latest;
    private int latestTarget = -1;
    private final Allowance processes = new Allowance("processes", MOST_PROCESSES);
    private final Allowance marks = new Allowance("marks", MOST_MARKS);
    private final Allowance weighings = new Allowance("ledgers", MOST_WEIGHINGS);
    private final Allowance countings = new Allowance("counts of objects", MOST_COUNTINGS);
    private final Allowance words = new Allowance("notes", MOST_NOTES);

    public RecordingBuilder() {
      this(_ -> true);
    }

    /** Collects what is said of these processes only. */
    public RecordingBuilder(LongPredicate wantedPids) {
      this.wantedPids = wantedPids;
    }

    /** How many of one kind are kept; the rest is counted and said. */
    private static final class Allowance {
      private final String what;
      private final int most;
      private long seen;

      Allowance(String what, int most) {
        this.what = what;
        this.most = most;
      }

      boolean takesOneMore() {
        return ++seen <= most;
      }

      Optional<Problem> problem() {
        return seen <= most
            ? Optional.empty()
            : Optional
                .of(new Problem("recording", "", (seen - most) + " " + what + " are left out: " + most + " are kept"));
      }
    }

    private static final class Draft {
      private RecordedProcess process;
      private final SampleTable samples = new SampleTable();
      private final List<Weighing> weighings = new ArrayList<>();
      private final List<Mark> marks = new ArrayList<>();
      private final List<Counting> countings = new ArrayList<>();
      private Optional<Ending> ending = Optional.empty();
      private Map<String, String> labels = Map.of();

      Draft(RecordedProcess process) {
        this.process = process;
      }
    }

    @Override
    public void sample(int target, long epochMillis, long[] values) {
      if (target != latestTarget) {
        latest = drafts.get(target);
        latestTarget = target;
      }
      if (latest != null) {
        latest.samples.add(epochMillis, values);
      }
    }

    @Override
    public void entry(Entry entry) {
      switch (entry) {
        case Entry.Opened opened -> {
          if (words.takesOneMore()) {
            runs.add(new Recording.Run(opened, false, 0, 0));
          }
        }
        case Entry.Closed closed -> close(closed);
        case Entry.Noted noted -> {
          if (words.takesOneMore()) {
            notes.add(noted);
          }
        }
        case Entry.Target target -> target(target);
        case Entry.Sampled sampled -> throw new IllegalArgumentException("samples come by themselves: " + sampled);
        case Entry.Weighed weighed -> draft(weighed).filter(_ -> weighings.takesOneMore())
            .ifPresent(draft -> draft.weighings.add(weighed.weighing()));
        case Entry.Counted counted -> draft(counted).filter(_ -> countings.takesOneMore())
            .ifPresent(draft -> draft.countings.add(counted.counting()));
        case Entry.Marked marked -> mark(marked);
        case Entry.Ended ended -> draft(ended).ifPresent(draft -> draft.ending = Optional.of(ended.ending()));
        case Entry.Labelled labelled -> draft(labelled).ifPresent(draft -> draft.labels = labelled.labels());
      }
    }

    /** A recorder that goes on with a file says again who is recorded; what it knows by then counts. */
    private void target(Entry.Target target) {
      latestTarget = -1;
      if (!wantedPids.test(target.process().pid())) {
        return;
      }
      Draft known = drafts.get(target.target());
      if (known != null) {
        known.process = target.process();
      } else if (processes.takesOneMore()) {
        drafts.put(target.target(), new Draft(target.process()));
      }
    }

    private void mark(Entry.Marked marked) {
      if (!marks.takesOneMore()) {
        return;
      }
      if (marked.target() == Entry.ALL_TARGETS) {
        marksOfAll.add(marked.mark());
      } else {
        draft(marked).ifPresent(draft -> draft.marks.add(marked.mark()));
      }
    }

    private void close(Entry.Closed closed) {
      if (!runs.isEmpty()) {
        Recording.Run run = runs.removeLast();
        runs.add(new Recording.Run(run.opened(), true, closed.wallMillis(), closed.processorMillis()));
      }
    }

    private Optional<Draft> draft(Entry entry) {
      return Optional.ofNullable(drafts.get(entry.target()));
    }

    public Recording build(List<Problem> problems) {
      List<Problem> all = new ArrayList<>(problems);
      Stream.of(processes, marks, weighings, countings, words).flatMap(kind -> kind.problem().stream())
          .forEach(all::add);
      List<Mark> ofAll = marksOfAll.stream().sorted(Comparator.comparing(Mark::at)).toList();
      return new Recording(drafts.values().stream().map(draft -> track(draft, ofAll)).toList(), runs, notes, all);
    }

    private RecordedTrack track(Draft draft, List<Mark> ofAll) {
      List<Mark> all = ofAll;
      if (!draft.marks.isEmpty()) {
        all = new ArrayList<>(draft.marks);
        all.addAll(ofAll);
        all.sort(Comparator.comparing(Mark::at));
      }
      return new RecordedTrack(draft.process, draft.samples, draft.weighings, all, draft.ending, draft.countings,
          draft.labels);
    }
  }
}
