package io.tare.history.live;

import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.CaptureOptions.Extent;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.attach.Ask;
import io.tare.ledger.Explanation;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a full ledger of a live process and sums it by account; passive, as every reading of the recorder. */
public final class Weigher {
  private static final CaptureOptions OPTIONS = CaptureOptions.PASSIVE.within(Duration.ofSeconds(10))
      .withGrace(Duration.ofSeconds(5)).of(Extent.LEDGER);

  /** With a full collection before it, which the user has allowed. */
  private static final CaptureOptions SETTLING = OPTIONS.asking(Set.of(Ask.GC));

  /** What a collection that moves everything costs is worth this much memory, not less. */
  private static final long WORTH_COLLECTING = 6L << 20;

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d{1,15}) kB");
  private static final String WALKED_IN_PART = "arena walked in part";
  private static final Set<Account> SPLIT = Set.of(Account.MALLOC_USED, Account.MALLOC_IDLE);

  private long heapBytesAfterCollection;

  /** Who waits longer for a ledger waits for a read that hangs. */
  static Duration limit(WeighingReason reason) {
    return options(reason).limit();
  }

  private static CaptureOptions options(WeighingReason reason) {
    return reason == WeighingReason.SETTLED ? SETTLING : OPTIONS;
  }

  /** On the caller's thread, whose time is what the ledger costs. Empty when the process has ended meanwhile, or may not be read. */
  public Optional<Weighing> weigh(long pid, long atMillis, WeighingReason reason) {
    long began = Clocks.threadNanos();
    try {
      Capture capture = new Capturer().read(pid, options(reason), Progress.NONE);
      Optional<Explanation.Weight> weight = Explanation.weigh(capture).filter(_ -> isOfOneMoment(capture));
      long micros = (Clocks.threadNanos() - began) / 1000;
      return weight.map(found -> new Weighing(atMillis, reason, found.ledger().residentBytes(),
          OptionalLong.of(found.net().bytes().mostBytes()), accounts(found.ledger()),
          found.ledger().unexplainedBytes(), micros));
    } catch (CaptureException ended) {
      return Optional.empty();
    } finally {
      giveBack();
    }
  }

  /**
   * Whether the process still has, after it was read, at least half of what it had before. What is killed meanwhile has mappings and nothing
   * in them: its last ledger is the one before, and not one of which nothing is explained.
   */
  static boolean isOfOneMoment(Capture capture) {
    long after = residentKilobytes(capture, ArtifactNames.STATUS_AFTER);
    return after > 0 && after * 2 >= residentKilobytes(capture, ArtifactNames.STATUS);
  }

  /** By the kernel's quick count, which is a little wrong in the same way both times; zero of what has ended. */
  private static long residentKilobytes(Capture capture, String status) {
    return capture.text(status).map(RESIDENT::matcher).filter(Matcher::find)
        .map(found -> Long.parseLong(found.group(1)))
        .orElse(0L);
  }

  /**
   * A ledger is larger than the young generation while it is made, so that what it leaves is garbage in the old one: about 8 MB each. The
   * simple collector looks there only when the heap can grow no more; without being asked the recorder of one process grew from 60 MB to
   * 160 MB in twenty ledgers, and collectors that give memory back by themselves begin at 90 MB. A collection costs as much as a good
   * part of a ledger, so there is one only when the heap has grown by what is worth it.
   */
  synchronized void giveBack() {
    if (Runtime.getRuntime().totalMemory() - heapBytesAfterCollection > WORTH_COLLECTING) {
      System.gc();
      heapBytesAfterCollection = Runtime.getRuntime().totalMemory();
    }
  }

  /**
   * An arena that changed while it was walked is booked as used as far as it was not walked: good enough for a moment, but over time that
   * would be growth that there is not. Such a ledger does not tell used from idle.
   */
  static Map<String, Long> accounts(Ledger ledger) {
    boolean inPart = ledger.entries().stream().anyMatch(
        entry -> entry.account() == Account.MALLOC_USED && entry.evidence().startsWith(WALKED_IN_PART));
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Entry entry : ledger.entries()) {
      Account account = inPart && SPLIT.contains(entry.account()) ? Account.MALLOC_UNSPLIT : entry.account();
      sums.merge(account.id(), entry.residentBytes(), Long::sum);
    }
    Map<String, Long> biggestFirst = new LinkedHashMap<>();
    sums.entrySet().stream().filter(sum -> sum.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(sum -> biggestFirst.put(sum.getKey(), sum.getValue()));
    return biggestFirst;
  }
}
