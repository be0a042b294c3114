package io.tare.ledger.runtimes.natives;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.ledger.runtimes.hotspot.Jvm;
import io.tare.model.jvm.NmtReport;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Is a good part of RSS native memory in use: direct buffers, native libraries, the program's own blocks? */
final class NativeInUse implements Rule {
  private static final String ID = "native-in-use";

  @Override
  public Topic topic() {
    return Topic.NATIVE_MEMORY;
  }

  @Override
  public Verdict judge(Situation s) {
    long used = s.bytes(Account.MALLOC_USED) + s.bytes(Account.MALLOC_MMAPPED);
    List<Figure> readings = readings(s);
    if (!s.weighs(used, s.isJvm() ? Threshold.NATIVE_OF_JVM : Threshold.NATIVE)) {
      return new Verdict.No(ID, "Native memory in use is " + share(used, s.rss()) + " of RSS.", readings);
    }
    String summary = bytes(used) + " of native memory are in use, " + share(used, s.rss()) + " of RSS" + owner(s) + ".";
    return new Verdict.Yes(ID, summary, s.strength(used), readings, remedies(s));
  }

  private static List<Figure> readings(Situation s) {
    List<Figure> readings = new ArrayList<>();
    for (Account account : List.of(Account.MALLOC_USED, Account.MALLOC_MMAPPED)) {
      if (s.bytes(account) > 0) {
        readings.add(s.reading(account));
      }
    }
    direct(s).ifPresent(b -> readings.add(Situation.reading("direct buffers", b)));
    return readings;
  }

  private static OptionalLong direct(Situation s) {
    OptionalLong counted = Jvm.of(s.evidence()).number("direct.reserved");
    if (counted.isPresent()) {
      return counted;
    }
    Optional<NmtReport.Category> other = Jvm.of(s.evidence()).nmt().stream().flatMap(n -> n.categories().stream())
        .filter(c -> c.name().equals("Other")).findFirst();
    return other.isPresent() ? OptionalLong.of(other.get().committedBytes()) : OptionalLong.empty();
  }

  private static String owner(Situation s) {
    if (!s.isJvm()) {
      return "";
    }
    OptionalLong direct = direct(s);
    return direct.isPresent()
        ? "; " + bytes(direct.getAsLong())
            + " of them are direct buffers by the JDK's count, the rest was taken by the JVM itself, by native code,"
            + " or by Java code around that count, as Netty's pools do"
        : "; which code took it can't be told from outside (needs -XX:NativeMemoryTracking=summary, or tare heap)";
  }

  /** How to learn who takes it: nothing more where native memory tracking was asked, a question where it is on, else a restart. */
  private static Optional<Remedy> who(Situation s) {
    Jvm jvm = Jvm.of(s.evidence());
    if (jvm.nmt().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(jvm.tracksNativeMemory()
        ? Remedy.open("Ask who takes native memory", "tare " + s.pid() + " --ask=nmt",
            "4 to 5 MB stay in the process where it tracks in detail, nothing where in summary")
        : Remedy.open("Find the code that takes native memory: start it so, then tare PID --ask",
            "-XX:NativeMemoryTracking=summary", "5–10 % more native memory; a restart"));
  }

  private static List<Remedy> remedies(Situation s) {
    if (!s.isJvm()) {
      return List.of();
    }
    List<Remedy> remedies = new ArrayList<>();
    long direct = direct(s).orElse(0);
    if (s.matters(direct)) {
      remedies.add(Remedy.open("See who holds the direct buffers", Jvm.heapDump(s.pid()),
          "a heap dump stops the process for seconds"));
      remedies.add(Remedy.open("Bound direct buffers, so that growth fails early and visibly",
          "-XX:MaxDirectMemorySize=" + Jvm.megabytes(direct + direct / 4) + "m",
          "OutOfMemoryError when the bound is too low; a restart"));
    }
    who(s).ifPresent(remedies::add);
    return remedies;
  }
}
