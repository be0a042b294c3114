package io.tare.history.advice;

import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.Timelines;
import io.tare.ledger.words.Words;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.history.Advice;
import io.tare.model.history.Advice.Setting;
import io.tare.model.history.Ending;
import io.tare.model.history.LeakVerdict;
import io.tare.model.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Sizes from recordings under load: the most that was needed, and stated room above it. Where several recordings are given, each figure is
 * the most of all.
 */
public final class Sizing {
  private static final long MB = 1 << 20;
  private static final double ROOM = LoadFigures.ROOM;
  private static final double ROOM_BESIDE_HEAP = 1.10;
  private static final double ROOM_FOR_CLASSES = 1.3;
  private static final double LEAST_LOAD = 0.01;
  private static final int USUALLY = 90;

  private Sizing() {}

  /**
   * The sizes that these recordings speak for.
   *
   * @param least how long a recording must last for its peak to count as one
   */
  public static Advice of(List<RecordedTrack> tracks, Duration least) {
    List<LoadFigures> loads = tracks.stream().map(LoadFigures::of).toList();
    List<String> refusals = tracks.stream().flatMap(track -> refusals(track, least)).toList();
    RecordedTrack first = tracks.getFirst();
    Duration lasted = Duration.ofMillis(loads.stream().mapToLong(LoadFigures::millis).sum());
    String target = first.process().words();
    String runtime = first.process().runtime();
    if (!refusals.isEmpty()) {
      return new Advice(target, runtime, lasted, List.of(), refusals, List.of());
    }
    LoadFigures most = loads.stream().reduce(LoadFigures::most).orElseThrow();
    Draft draft = new Draft(most);
    if (isJvm(first, most)) {
      draft.jvm();
    } else if (most.goBytes() > 0) {
      draft.go();
    } else {
      draft.other();
    }
    return new Advice(target, runtime, lasted, draft.settings, List.of(), draft.risks);
  }

  private static boolean isJvm(RecordedTrack track, LoadFigures load) {
    return track.process().runtime().equals(RuntimeKind.HOTSPOT.words()) && load.heapUsed() > 0;
  }

  private static Stream<String> refusals(RecordedTrack track, Duration least) {
    LoadFigures load = LoadFigures.of(track);
    String who = track.process().words() + ": ";
    List<String> why = new ArrayList<>();
    if (load.millis() < least.toMillis()) {
      why.add(who + "the recording lasts " + Words.age(load.millis()) + ", which shows no peak; record at least "
          + Words.age(least.toMillis()) + " under full load (--least takes less)");
    }
    if (load.processorShare() < LEAST_LOAD && load.collections() == 0) {
      why.add(who + String.format(Locale.ROOT,
          "there was no load: %.1f %% of a processor was used, and nothing was collected", 100 * load.processorShare())
          + "; record it while it works as it will in production");
    }
    if (track.ending().filter(end -> end.cause() == Ending.Cause.OUT_OF_MEMORY).isPresent()) {
      why.add(who
          + "it was killed for want of memory, so how much it needs was not seen; give it more room and record again");
    }
    LeakVerdict leak = LeakJudge.judge(Timelines.of(track), LeakOptions.USUAL);
    if (leak.answer() == LeakVerdict.Answer.LEAK) {
      why.add(who + "no size lasts, for it leaks: " + leak.summary());
    }
    if (track.weighings().isEmpty()) {
      why.add(who + "the recording holds no ledger; record it with rights to read the process");
    } else if (isJvm(track, load) && load.besideHeap() == 0) {
      why.add(
          who + "no ledger tells the Java heap from what lies beside it; record it with rights to read the process");
    }
    return why.stream();
  }

  /** Settings as they come together. */
  private static final class Draft {
    private final LoadFigures most;
    private final List<Setting> settings = new ArrayList<>();
    private final List<String> risks = new ArrayList<>();

    Draft(LoadFigures most) {
      this.most = most;
      risks.add("A load that was not recorded, such as a larger request or more users at once, is not covered.");
    }

    void jvm() {
      boolean wasTried = wasTried();
      long heap = wasTried ? up(most.heapMost()) : Math.max(heapWanted(), 8 * MB);
      long beside = (long) (most.besideHeap() * ROOM_BESIDE_HEAP) + most.kernelBytes();
      long charged = (long) (most.charged() * ROOM) + most.kernelBytes();
      if (wasTried && charged < heap + beside) {
        limit(charged, "the most that was resident with a heap of this size, a twentieth more, and the kernel's own",
            figure("resident, at most", most.charged()), figure("for the kernel", most.kernelBytes()));
      } else {
        limit(heap + beside, "the heap's maximum, the most that was beside it and a tenth, and the kernel's own",
            figure("beside the heap, at most", most.besideHeap()), figure("for the kernel", most.kernelBytes()));
      }
      List<Figure> readings = new ArrayList<>(List.of(figure("heap in use, at most", most.heapUsed())));
      if (most.heapFloor() > 0) {
        readings.add(figure("heap after a collection, at most", most.heapFloor()));
      }
      settings.add(new Setting(Advice.HEAP_MOST, "heap, at most", heap, "-Xmx" + heap / MB + "m", heapBasis(wasTried),
          readings));
      long start = Math.min(heap, up(Math.max(most.heapFloor(), 8 * MB)));
      settings.add(new Setting(Advice.HEAP_LEAST, "heap, at the start", start, "-Xms" + start / MB + "m",
          "what stays alive; the heap may come down to it", List.of()));
      long limit = settings.getFirst().bytes();
      long tenths = heap * 1000 / limit;
      settings.add(new Setting(Advice.HEAP_SHARE, "the same as a share of the limit", heap,
          "-XX:MaxRAMPercentage=" + tenths / 10 + "." + tenths % 10, "instead of -Xmx, where the limit changes",
          List.of()));
      if (most.metaspace() > 0) {
        long metaspace = up((long) (most.metaspace() * ROOM_FOR_CLASSES) + 8 * MB);
        settings.add(new Setting(Advice.METASPACE, "class metadata, at most", metaspace,
            "-XX:MaxMetaspaceSize=" + metaspace / MB + "m", "so that a leak of classes fails early",
            List.of(figure("class metadata, at most", most.metaspace()))));
      }
      risks.add(
          "Of an option that is given twice the JVM takes the last, and those of JDK_JAVA_OPTIONS come first: an -Xmx, "
              + "-Xms or -XX:MaxRAMPercentage on the command line has to go, or these sizes hold nothing.");
      if (!wasTried) {
        risks.add(
            "How much of a heap of this size the program touches was not seen, so the limit has room for all of it: record "
                + "once more with these sizes, and the limit follows what was resident.");
      }
      risks.add("Direct buffers lie beside the heap: how many the JDK counted is not recorded. Without "
          + "-XX:MaxDirectMemorySize they may grow as large as the heap's maximum.");
      risks.add("A smaller heap is collected more often" + (most.collectorShare() > 0
          ? String.format(Locale.ROOT, "; collecting took %.1f %% of the time here.", 100 * most.collectorShare())
          : "."));
    }

    private long heapWanted() {
      return up((long) (most.heapFloor() > 0
          ? Math.min(most.heapFloor() * most.heapRoom(), most.heapUsed() * most.heapForAll())
          : most.heapUsed() * ROOM));
    }

    /**
     * Whether the recording was made with a heap about as small as it should be: then its peak is that of such a heap. Where what stays alive was
     * not seen, what was ever in use stands for it; that shrinks with the heap, so a heap which leaves the collector its room stays as it is.
     */
    private boolean wasTried() {
      long alive = most.heapFloor() > 0 ? most.heapFloor() : most.heapUsed();
      return most.heapMost() > 0 && most.heapMost() <= alive * most.heapRoom() * ROOM_BESIDE_HEAP;
    }

    private String heapBasis(boolean wasTried) {
      if (wasTried) {
        return "as it was recorded, for it leaves no more than the room that the collector needs";
      }
      return most.heapFloor() > 0
          ? String.format(Locale.ROOT,
              "%.2f times what was left after a collection, and never more than takes what was ever in use",
              most.heapRoom())
          : "what was ever in use: what collections leave was not seen to settle, which would tell how much less will do";
    }

    /** Below its own bound Go collects rather than grow: so its bound, not a tenth more, is what keeps it below the limit. */
    void go() {
      long limit = other();
      long go = (limit - (long) (most.besideGo() * ROOM) - most.kernelBytes()) / MB * MB;
      settings.add(new Setting(Advice.GO_LIMIT, "Go's own memory, about", go, "GOMEMLIMIT=" + go / MB + "MiB",
          "what the limit leaves it beside the most that was there, and the kernel's own",
          List.of(figure("Go's memory, at most", most.goBytes()),
              figure("beside Go's memory, at most", most.besideGo()))));
      risks.add("Near GOMEMLIMIT Go collects more often rather than grow; leave GOGC as it is unless that shows.");
    }

    long other() {
      return limit((long) (most.charged() * ROOM) + most.kernelBytes(),
          "the most that was resident, a twentieth more, and the kernel's own",
          figure("resident, at most", most.charged()), figure("for the kernel", most.kernelBytes()));
    }

    private long limit(long bytes, String basis, Figure... readings) {
      long limit = up(bytes);
      settings.add(new Setting(Advice.LIMIT, "container limit", limit, "", basis, List.of(readings)));
      long request = Math.min(limit, up((long) (most.usual() * ROOM)));
      settings.add(new Setting(Advice.REQUEST, "container request", request, "",
          "what it stayed below " + USUALLY + " % of the time, and a twentieth more",
          List.of(figure("below this " + USUALLY + " % of the time", most.usual()))));
      return limit;
    }

    private static Figure figure(String what, long bytes) {
      return new Figure(what, Words.bytes(bytes));
    }

    private static long up(long bytes) {
      return (bytes + MB - 1) / MB * MB;
    }
  }
}
