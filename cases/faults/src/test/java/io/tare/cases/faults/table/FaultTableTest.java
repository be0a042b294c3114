package io.tare.cases.faults.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTableTest {
  @Test
  void everyFaultHasANameOfItsOwnASentenceAndAnAccount() {
    assertThat(FaultTable.all()).extracting(Fault::name).doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9-]+"));
    assertThat(FaultTable.all()).allMatch(fault -> fault.sentence().length() > 20)
        .allMatch(fault -> !fault.accounts().isEmpty()).allMatch(fault -> fault.rule().matches("[a-z-]*"));
  }

  @Test
  void heapFlagsFollowTheSize() {
    assertThat(JvmFlags.heapOf(2).and("-Xint").of(16 << 20)).containsExactly("-Xms96m", "-Xmx96m", "-Xint");
    assertThat(JvmFlags.heapUpTo(3).exact().of(16 << 20)).containsExactly("-Xmx112m", "-XX:-UseTLAB");
  }
}
