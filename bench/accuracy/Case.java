import io.tare.cases.faults.table.Fault;
import io.tare.cases.faults.table.FaultTable;
import io.tare.cases.faults.table.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One fault on one JDK with one collector; a native program is run once, and its collector is {@code native}. */
record Case(Fault fault, int jdk, String collector) {
  private static final List<String> COLLECTORS = List.of("G1", "Serial", "Parallel", "Z", "Shenandoah");
  private static final String NATIVE = "native";

  static List<Case> all(Collection<Integer> jdks, Options options) {
    Options.Filters filters = options.filters();
    List<Case> cases = new ArrayList<>();
    for (Fault fault : FaultTable.all()) {
      if (Options.lets(filters.faults(), fault.name())) {
        of(fault, jdks).stream().filter(c -> Options.lets(filters.jdks(), Integer.toString(c.jdk)))
            .filter(c -> Options.lets(filters.collectors(), c.collector)).forEach(cases::add);
      }
    }
    return cases;
  }

  private static List<Case> of(Fault fault, Collection<Integer> jdks) {
    if (!(fault.program() instanceof Program.Jvm jvm)) {
      return List.of(new Case(fault, Collections.max(jdks), NATIVE));
    }
    List<String> collectors = jvm.collector().map(List::of).orElse(COLLECTORS);
    return jdks.stream().flatMap(jdk -> collectors.stream().map(collector -> new Case(fault, jdk, collector)))
        .toList();
  }

  Optional<String> collectorIfAny() {
    return collector.equals(NATIVE) ? Optional.empty() : Optional.of(collector);
  }

  String label() {
    return fault.name() + " " + (collector.equals(NATIVE) ? NATIVE : jdk + " " + collector);
  }
}
