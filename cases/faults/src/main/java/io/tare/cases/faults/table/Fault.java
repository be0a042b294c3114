package io.tare.cases.faults.table;

import java.util.List;

/**
 * One known memory situation.
 *
 * @param sentence what it does, for a person
 * @param accounts the accounts of the ledger that it is about and whose truth it states
 * @param rule the id of the verdict that a passive reading must come to; empty if none follows from what can be read
 */
public record Fault(String name, String sentence, Program program, List<String> accounts, String rule) {
  public Fault {
    accounts = List.copyOf(accounts);
  }

  Fault about(String... ids) {
    return new Fault(name, sentence, program, List.of(ids), rule);
  }

  Fault expecting(String ruleId) {
    return new Fault(name, sentence, program, accounts, ruleId);
  }
}
