package io.tare.history.advice;

import io.tare.ledger.words.Words;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.history.Checklist;
import io.tare.model.history.Checklist.Answer;
import io.tare.model.history.Checklist.Item;
import io.tare.model.history.Ending;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Story;
import io.tare.model.report.Figure;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What should hold of a process in production, from one reading of it or from a recording. */
public final class Checks {
  private static final double OF_LIMIT = 0.9;
  private static final double COLLECTING = 0.05;
  private static final String COLLECTING_CLAIM = "collections take less than a twentieth of the time";
  private static final String JVM = RuntimeKind.HOTSPOT.words();
  private static final String GO = RuntimeKind.GO.words();
  private static final String GO_LOG = "GODEBUG=gctrace=1 for its log, then tare log FILE";
  private static final Pattern DUMPS = Pattern.compile("-XX:([+-])HeapDumpOnOutOfMemoryError");
  private static final Pattern ENDS = Pattern.compile("-XX:([+-])(?:Exit|Crash)OnOutOfMemoryError");
  private static final Pattern LOGS = Pattern.compile("(-)(?:Xlog:gc|Xlog:[^ ]*gc|Xloggc:|verbose:gc)");
  private static final Pattern TRACKS = Pattern.compile("-XX:NativeMemoryTracking=(summary|detail|off)");
  private static final Pattern SIZED = Pattern.compile("-(?:(Xmx|XX:MaxHeapSize=|XX:MaxRAMPercentage=)\\d\\S*)");

  private final List<Item> items = new ArrayList<>();

  private Checks() {}

  /** From one reading: how it is set up, and how it stands right now. */
  public static Checklist of(Report report) {
    Checks checks = new Checks();
    String pid = Long.toString(report.target().pid());
    checks.limit(report.scales().group());
    checks.rule(report, "near-limit", "headroom", "there is room below the limit", "tare " + pid);
    if (report.target().runtime().equals(JVM)) {
      checks.rule(report, "heap-cannot-fit", "heap-fits", "a full heap fits below the limit", "tare advise RECORDING");
      checks.flags(report.target().flags());
    }
    checks.kills(report.scales().group());
    checks.swap(report.scales().swapBytes());
    checks.rule(report, "thread-stacks", "threads", "stacks of threads do not weigh", "tare " + pid + " --threads");
    checks.rule(report, "unexplained", "explained", "every byte has an owner", "tare " + pid + " --all");
    String record = "tare record " + pid + " -o FILE.tarerec, then tare checklist FILE.tarerec";
    checks.open("leak", "it does not leak", "one reading shows no growth", record);
    if (report.target().runtime().equals(GO)) {
      checks.goBound(report);
      checks.open("collecting", COLLECTING_CLAIM, "one reading shows no share of time", GO_LOG);
    } else if (isJvm(report.target().runtime())) {
      checks.open("collecting", COLLECTING_CLAIM, "one reading shows no share of time", record);
    }
    checks.open("alerts", "alerts are set within learnt ranges", "Tare sees no alerts",
        "tare check FILE.tarerec --learn FILE.budget, from a recording of a healthy run");
    return new Checklist(report.target().name() + ", pid " + pid, checks.items);
  }

  /** From a recording: how it went. */
  public static Checklist of(Story story, LeakVerdict leak) {
    Checks checks = new Checks();
    String pid = Long.toString(story.process().pid());
    long peak = Math.max(story.peakBytes(), story.kernelPeakBytes().orElse(0));
    OptionalLong limit = story.process().limitBytes();
    checks.add("limit", "a memory limit is set", limit.isPresent() ? Answer.YES : Answer.NO,
        limit.isPresent() ? Words.bytes(limit.getAsLong()) : "no limit over it when the recording began",
        "tare advise FILE.tarerec names one");
    if (limit.isPresent()) {
      boolean fits = peak <= OF_LIMIT * limit.getAsLong();
      checks.add("headroom", "the peak stayed below nine tenths of the limit", fits ? Answer.YES : Answer.NO,
          "peak " + Words.bytes(peak) + ", limit " + Words.bytes(limit.getAsLong()), "tare advise FILE.tarerec");
    } else {
      checks.open("headroom", "the peak stayed below nine tenths of the limit", "no limit", "tare advise FILE.tarerec");
    }
    checks.leak(leak);
    if (story.gc().isPresent()) {
      double share = story.gc().get().share();
      checks.add("collecting", COLLECTING_CLAIM,
          share < COLLECTING ? Answer.YES : Answer.NO, String.format(Locale.ROOT, "%.1f %%", 100 * share),
          "tare try --vary -Xmx=,… -- CMD finds a heap that is collected less");
    } else if (story.process().runtime().equals(GO)) {
      checks.open("collecting", COLLECTING_CLAIM, "a recording does not count Go's", GO_LOG);
    } else if (isJvm(story.process().runtime())) {
      checks.open("collecting", COLLECTING_CLAIM, "no collections were counted",
          "a collection log: -Xlog:gc*, then tare log FILE");
    }
    boolean killed = story.ending().filter(end -> end.cause() == Ending.Cause.OUT_OF_MEMORY).isPresent();
    checks.add("kills", "nothing was killed for want of memory",
        killed || story.killsBefore() > 0 ? Answer.NO : Answer.YES,
        killed ? "it was killed" : story.killsBefore() + " kills in its group before",
        "tare FILE.tarerec tells what grew");
    checks.open("alerts", "alerts are set within learnt ranges", "Tare sees no alerts",
        "tare check FILE.tarerec --learn FILE.budget");
    checks.open("setup", "it is set up for the day it fails: heap dump, collection log, a full heap that fits",
        "a recording does not hold the options", "tare checklist " + pid + " while it runs");
    return new Checklist(story.process().words(), checks.items);
  }

  private static boolean isJvm(String runtime) {
    return runtime.equals(JVM) || runtime.equals(RuntimeKind.OPENJ9.words());
  }

  /** What a heap's maximum is to a JVM: near it Go collects rather than grow. */
  private void goBound(Report report) {
    String claim = "Go's memory is bounded, so that it collects before the limit kills it";
    Optional<String> bound = report.details().stream().filter(figure -> figure.what().equals("GOMEMLIMIT"))
        .map(Figure::value).findFirst();
    if (bound.isEmpty()) {
      open("go-bound", claim, "the runtime's settings could not be read", "its environment: GOMEMLIMIT");
    } else {
      boolean isSet = !bound.get().equals("none");
      add("go-bound", claim, isSet ? Answer.YES : Answer.NO, "GOMEMLIMIT " + (isSet ? bound.get() : "is not set"),
          "tare advise FILE.tarerec names it");
    }
  }

  private void leak(LeakVerdict leak) {
    String claim = "it does not leak";
    switch (leak.answer()) {
      case NO_LEAK -> add("leak", claim, Answer.YES, leak.summary(), "");
      case LEAK -> add("leak", claim, Answer.NO, leak.summaryWithName(), leak.next().orElse(""));
      case CANNOT_TELL -> open("leak", claim, leak.summary(),
          leak.needs().map(more -> "record " + Words.age(more.toMillis()) + " more")
              .orElse("record longer, under load"));
    }
  }

  private void limit(Optional<Scales.Group> group) {
    String claim = "a memory limit is set";
    if (group.isEmpty()) {
      open("limit", claim, "its memory group could not be read", "run Tare where the group can be seen: on the host");
    } else if (group.get().limitBytes().isPresent()) {
      add("limit", claim, Answer.YES, Words.bytes(group.get().limitBytes().getAsLong()), "");
    } else {
      add("limit", claim, Answer.NO, "none on " + group.get().path(), "tare advise FILE.tarerec names one");
    }
  }

  /** A rule that says yes has found something. */
  private void rule(Report report, String rule, String id, String claim, String next) {
    Optional<Verdict> found = report.verdicts().stream().filter(verdict -> verdict.rule().equals(rule)).findFirst();
    if (found.isEmpty()) {
      open(id, claim, "the reading did not come so far", "run it with rights to read the process");
      return;
    }
    switch (found.get()) {
      case Verdict.Yes yes -> add(id, claim, Answer.NO, yes.summary(), next);
      case Verdict.No no -> {
        boolean without = no.readings().isEmpty() && no.summary().startsWith("No limit");
        add(id, claim, without ? Answer.CANNOT_TELL : Answer.YES, no.summary(), without ? "set a limit first" : "");
      }
      case Verdict.CannotTell open -> open(id, claim, open.summary(), "needs: " + open.missing());
    }
  }

  private void flags(String flags) {
    option(flags, "heap-dump", "a heap dump is written when memory runs out", switchedOn(DUMPS, flags),
        "-XX:+HeapDumpOnOutOfMemoryError"
            + " -XX:HeapDumpPath=/var/dumps");
    option(flags, "ends", "it ends when memory runs out, instead of limping on", switchedOn(ENDS, flags),
        "-XX:+ExitOnOutOfMemoryError");
    option(flags, "gc-log", "collections are logged", last(LOGS, flags),
        "-Xlog:gc*:file=gc.log:time,uptime:filecount=5,filesize=20m");
    option(flags, "heap-chosen", "the heap's maximum is chosen", last(SIZED, flags),
        "tare advise FILE.tarerec names it");
    option(flags, "nmt", "native memory is tracked", last(TRACKS, flags).filter(mode -> !mode.endsWith("=off")),
        "-XX:NativeMemoryTracking=summary, for 5 to 10 % more native memory");
  }

  private static Optional<String> last(Pattern option, String flags) {
    Matcher found = option.matcher(flags);
    String last = "";
    while (found.find()) {
      int end = flags.indexOf(' ', found.start());
      last = flags.substring(found.start(), end < 0 ? flags.length() : end);
    }
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  private static Optional<String> switchedOn(Pattern option, String flags) {
    return last(option, flags).filter(text -> text.startsWith("-XX:+"));
  }

  private void option(String flags, String id, String claim, Optional<String> set, String next) {
    if (flags.isEmpty()) {
      open(id, claim, "its options could not be read", "jcmd PID VM.command_line tells them");
    } else {
      add(id, claim, set.isPresent() ? Answer.YES : Answer.NO, set.orElse("not among its options"), next);
    }
  }

  private void kills(Optional<Scales.Group> group) {
    OptionalLong kills = group.map(Scales.Group::oomKills).orElse(OptionalLong.empty());
    String claim = "nothing in its group was killed for want of memory";
    if (kills.isEmpty()) {
      open("kills", claim, "the group does not count them, or could not be read", "the kernel's log: dmesg");
    } else {
      add("kills", claim, kills.getAsLong() == 0 ? Answer.YES : Answer.NO, kills.getAsLong() + " kills",
          "tare advise FILE.tarerec: a limit that fits");
    }
  }

  private void swap(OptionalLong swap) {
    String claim = "nothing of it is swapped out";
    if (swap.isEmpty()) {
      open("swap", claim, "the kernel did not say", "rights to read the process");
    } else {
      add("swap", claim, swap.getAsLong() == 0 ? Answer.YES : Answer.NO, Words.bytes(swap.getAsLong()),
          "more memory, or a smaller heap: collections wait for the disk");
    }
  }

  private void open(String id, String claim, String why, String next) {
    items.add(new Item(id, claim, Answer.CANNOT_TELL, why, next));
  }

  private void add(String id, String claim, Answer answer, String reading, String next) {
    items.add(new Item(id, claim, answer, reading, answer == Answer.YES ? "" : next));
  }
}
