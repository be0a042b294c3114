package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.ledger.Jvm;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Does class metadata make a good part of RSS? */
final class ClassMetadata implements Rule {
  private static final String ID = "metaspace";

  @Override
  public Verdict judge(Situation s) {
    long metaspace = s.bytes(Account.METASPACE_CLASS) + s.bytes(Account.METASPACE_NONCLASS);
    List<Figure> readings = readings(s);
    if (!s.weighs(metaspace, 20)) {
      return new Verdict.No(ID, "Class metadata is " + share(metaspace, s.rss()) + " of RSS.", readings);
    }
    Jvm jvm = s.evidence().jvm();
    OptionalLong loaded = classes(jvm);
    String classes = loaded.isPresent() ? " for " + loaded.getAsLong() + " loaded classes" : "";
    String loaders = jvm.number("loaders.count").isPresent()
        ? " in " + jvm.number("loaders.count").getAsLong() + " loaders"
        : "";
    return new Verdict.Yes(ID, "Class metadata holds " + bytes(metaspace) + classes + loaders + ".",
        s.strength(metaspace), readings,
        List.of(new Remedy("See which loaders hold the classes; dead ones that stay are held by someone",
            Situation.heapDump(s), OptionalLong.empty(),
            "a heap dump stops the process for seconds"),
            new Remedy("Bound it, so that growth fails early and visibly", "-XX:MaxMetaspaceSize=<size>",
                OptionalLong.empty(),
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
    classes(s.evidence().jvm()).ifPresent(n -> readings.add(new Figure("loaded classes", "" + n)));
    return readings;
  }
}
