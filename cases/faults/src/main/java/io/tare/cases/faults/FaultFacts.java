package io.tare.cases.faults;

import io.tare.cases.faults.table.Fault;
import io.tare.cases.faults.table.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row of the table as it is printed. */
final class FaultFacts {
  private FaultFacts() {}

  static Map<String, Object> of(Fault fault, long sizeBytes) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", fault.name());
    facts.put("sentence", fault.sentence());
    facts.put("accounts", fault.accounts());
    if (!fault.rule().isEmpty()) {
      facts.put("rule", fault.rule());
    }
    if (fault.program() instanceof Program.Jvm jvm) {
      facts.put("program", "jvm");
      facts.put("jvmFlags", jvm.flags().of(sizeBytes));
      facts.put("collectors",
          jvm.collector().map(List::of).orElse(List.of("G1", "Serial", "Parallel", "Z", "Shenandoah")));
      facts.put("needs", words(jvm.need()));
    } else if (fault.program() instanceof Program.Native nativeProgram) {
      facts.put("program", "native");
      facts.put("needs", words(nativeProgram.toolchain()));
    }
    return facts;
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
