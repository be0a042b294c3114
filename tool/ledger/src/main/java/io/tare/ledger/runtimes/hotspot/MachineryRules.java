package io.tare.ledger.runtimes.hotspot;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Questions about what the JVM itself needs: classes and compiled code. */
final class MachineryRules {
  private MachineryRules() {}

  /** Does class metadata make a good part of RSS? */
  static final class ClassMetadata implements Rule {
    private static final String ID = "metaspace";

    @Override
    public Topic topic() {
      return Topic.JVM_MACHINERY;
    }

    @Override
    public Verdict judge(Situation s) {
      long metaspace = s.bytes(Account.METASPACE_CLASS) + s.bytes(Account.METASPACE_NONCLASS);
      List<Figure> readings = readings(s);
      if (!s.weighs(metaspace, Threshold.METASPACE)) {
        return new Verdict.No(ID, "Class metadata is " + share(metaspace, s.rss()) + " of RSS.", readings);
      }
      Jvm jvm = Jvm.of(s.evidence());
      OptionalLong loaded = classes(jvm);
      String classes = loaded.isPresent() ? " for " + loaded.getAsLong() + " loaded classes" : "";
      String loaders = jvm.number("loaders.count").isPresent()
          ? " in " + jvm.number("loaders.count").getAsLong() + " loaders"
          : "";
      return new Verdict.Yes(ID, "Class metadata holds " + bytes(metaspace) + classes + loaders + ".",
          s.strength(metaspace), readings,
          List.of(
              Remedy.open("See which loaders hold the classes; dead ones that stay are held by someone",
                  Jvm.heapDump(s.pid()), "a heap dump stops the process for seconds"),
              Remedy.open("Bound it, so that growth fails early and visibly",
                  "-XX:MaxMetaspaceSize=" + Jvm.megabytes(metaspace + metaspace / 2) + "m",
                  "OutOfMemoryError when the bound is too low; a restart")));
    }

    static OptionalLong classes(Jvm jvm) {
      OptionalLong counted = jvm.number("classes.count");
      OptionalLong loaded = jvm.perfNumber("java.cls.loadedClasses");
      if (counted.isPresent() || loaded.isEmpty()) {
        return counted;
      }
      return OptionalLong.of(loaded.getAsLong() + jvm.perfNumber("java.cls.sharedLoadedClasses").orElse(0)
          - jvm.perfNumber("java.cls.unloadedClasses").orElse(0)
          - jvm.perfNumber("java.cls.sharedUnloadedClasses").orElse(0));
    }

    private static List<Figure> readings(Situation s) {
      List<Figure> readings = new ArrayList<>(
          List.of(s.reading(Account.METASPACE_CLASS), s.reading(Account.METASPACE_NONCLASS)));
      classes(Jvm.of(s.evidence())).ifPresent(n -> readings.add(new Figure("loaded classes", "" + n)));
      return readings;
    }
  }

  /** Does compiled code make a good part of RSS? */
  static final class CompiledCode implements Rule {
    private static final String ID = "code-cache";

    @Override
    public Topic topic() {
      return Topic.JVM_MACHINERY;
    }

    @Override
    public Verdict judge(Situation s) {
      long code = s.bytes(Account.CODE_CACHE) + s.bytes(Account.CODE_SEGMAP);
      if (!s.weighs(code, Threshold.CODE)) {
        return new Verdict.No(ID, "Compiled code is " + share(code, s.rss()) + " of RSS.",
            List.of(s.reading(Account.CODE_CACHE)));
      }
      return new Verdict.Yes(ID, "Compiled code holds " + bytes(code) + ".", s.strength(code),
          List.of(s.reading(Account.CODE_CACHE)),
          List.of(Remedy.open("Compile with the quick compiler alone: what that returns depends on the program",
              "tare try --vary jvm=,-XX:TieredStopAtLevel=1 --until idle -- CMD",
              "slower peak performance; a restart")));
    }
  }
}
