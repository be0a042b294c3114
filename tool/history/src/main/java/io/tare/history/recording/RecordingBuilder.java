package io.tare.history.recording;

import io.tare.model.Problem;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Weighing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Collects entries into a {@link Recording}. */
public final class RecordingBuilder implements EntryVisitor {
  private final Map<Integer, Draft> drafts = new LinkedHashMap<>();
  private final List<Mark> marksOfAll = new ArrayList<>();
  private final List<Recording.Run> runs = new ArrayList<>();
  private final List<Entry.Noted> notes = new ArrayList<>();
  private final LongPredicate wantedPids;
  private @Nullable Draft latest;
  private int latestTarget = -1;

  public RecordingBuilder() {
    this(_ -> true);
  }

  /** Collects what is said of these processes only. */
  public RecordingBuilder(LongPredicate wantedPids) {
    this.wantedPids = wantedPids;
  }

  private static final class Draft {
    private RecordedProcess process;
    private final SampleTable samples = new SampleTable();
    private final List<Weighing> weighings = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private Optional<Ending> ending = Optional.empty();

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
      case Entry.Opened opened -> runs.add(new Recording.Run(opened, false, 0, 0));
      case Entry.Closed closed -> close(closed);
      case Entry.Noted noted -> notes.add(noted);
      case Entry.Target target -> target(target);
      case Entry.Sampled sampled -> throw new IllegalArgumentException("samples come by themselves: " + sampled);
      case Entry.Weighed weighed -> draft(weighed).ifPresent(draft -> draft.weighings.add(weighed.weighing()));
      case Entry.Marked marked -> mark(marked);
      case Entry.Ended ended -> draft(ended).ifPresent(draft -> draft.ending = Optional.of(ended.ending()));
    }
  }

  /** A recorder that goes on with a file says again who is recorded; what it knows by then counts. */
  private void target(Entry.Target target) {
    latestTarget = -1;
    if (!wantedPids.test(target.process().pid())) {
      return;
    }
    Draft draft = drafts.computeIfAbsent(target.target(), _ -> new Draft(target.process()));
    draft.process = target.process();
  }

  private void mark(Entry.Marked marked) {
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
    return new Recording(drafts.values().stream().map(this::track).toList(), runs, notes, problems);
  }

  private Track track(Draft draft) {
    List<Mark> marks = new ArrayList<>(draft.marks);
    marks.addAll(marksOfAll);
    marks.sort(Comparator.comparing(Mark::at));
    return new Track(draft.process, draft.samples, draft.weighings, marks, draft.ending);
  }
}
