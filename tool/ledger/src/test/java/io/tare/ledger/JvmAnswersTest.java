package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.HOTSPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import org.junit.jupiter.api.Test;

/** Every answer of a JVM that was asked adds what only it knows; the structure tables, read beside the mappings, come first. */
class JvmAnswersTest {
  private static SampleCapture jvm() {
    return SampleCapture.of(HOTSPOT).mapping("100000-200000 rw-p", "Rss 1024");
  }

  @Test
  void theFlagsSayThatTheHeapWasTouchedAtTheStart() {
    SampleCapture sample = SampleCapture.of(HOTSPOT).mapping("1000000-3000000 rw-p", "Rss 32768")
        .hotspot("region purpose=HEAP name= start=1000000 end=3000000", "fact key=heap.used value=1048576")
        .text(ArtifactNames.ASK_FLAGS, "[Global flags]\n     bool AlwaysPreTouch                           = true"
            + "                                       {product} {command line}\n");
    assertThat(sample.report().verdicts()).filteredOn(verdict -> verdict.rule().equals("heap-idle")).singleElement()
        .satisfies(verdict -> assertThat(verdict.summary()).contains("AlwaysPreTouch"));
  }

  @Test
  void theCodeCachesSegmentsAreNamed() {
    assertThat(jvm().text(ArtifactNames.ASK_CODECACHE,
        "CodeHeap 'profiled': size=1024Kb used=1Kb max_used=1Kb free=1Kb\n"
            + " bounds [0x0000000000100000, 0x0000000000110000, 0x0000000000180000]\n")
        .ledger())
        .containsExactly("code.cache profiled 512 measured");
  }

  @Test
  void theHeapsAddressIsInTheVmsInformation() {
    assertThat(jvm()
        .text(ArtifactNames.ASK_VM_INFO, "#\n# Java VM: OpenJDK 64-Bit Server VM (25, mixed mode, g1 gc, linux-amd64)\n"
            + "CDS archive(s) mapped at: [0x0000000000100000-0x0000000000140000-0x0000000000140000), size 262144\n")
        .ledger())
        .containsExactly("cds static archive 256 measured");
  }

  @Test
  void nativeMemoryTrackingKnowsEveryReservation() {
    assertThat(jvm()
        .text(ArtifactNames.ASK_NMT_DETAIL, "Native Memory Tracking:\n\nTotal: reserved=1KB, committed=1KB\n\n"
            + "Virtual memory map:\n\n[0x0000000000100000 - 0x0000000000180000] reserved 512KB for Card Table from\n")
        .ledger())
        .containsExactly("gc Card Table 512 measured");
  }

  private static String systemMap(String label) {
    String head = "from              to                   vsize prot    rss hugetlb pgsz notes      info      file";
    String row = "0x0000000000100000-0x0000000000200000  1048576 rw-p  90112       0 4K   com,nothp";
    return head + "\n" + row + " ".repeat(head.indexOf("info") - row.length()) + label + " -\n";
  }

  @Test
  void theSystemsMapNamesStacks() {
    SampleCapture sample = jvm().text(ArtifactNames.ASK_SYSTEM_MAP, systemMap("STACK-11148-Attach-Listener"));
    assertThat(sample.report().threads()).extracting(line -> line.tid() + " " + line.name() + " " + line.sort())
        .containsExactly("11148 Attach-Listener stacks.java");
  }

  @Test
  void theTablesWordOnTheHeapsPartsComesBeforeAnAnswer() {
    SampleCapture sample = jvm().hotspot("region purpose=HEAP name= start=100000 end=200000",
        "part role=eden bottom=100000 top=140000 end=200000").text(ArtifactNames.ASK_HEAP_INFO,
            " def new generation   total 512K, used 512K [0x0000000000100000, 0x0000000000200000, 0x0000000000200000)\n"
                + "  eden space 1024K, 100% used [0x0000000000100000, 0x0000000000200000, 0x0000000000200000)\n");
    assertThat(sample.ledger()).containsExactly("heap.idle 768 derived", "heap.used 256 measured");
    assertThat(sample.detail("heap in use")).isEqualTo("256 KB");
  }

  @Test
  void theTablesWordOnThreadsComesBeforeAnAnswer() {
    SampleCapture sample = jvm().hotspot("thread tid=7 name=main java=true start=100000 end=200000")
        .text(ArtifactNames.ASK_SYSTEM_MAP, systemMap("STACK-8-later"));
    assertThat(sample.report().threads()).extracting(line -> line.tid()).containsExactly(7L);
  }

  @Test
  void anAnswerThatCannotBeReadIsAProblemAndNotSilence() {
    SampleCapture sample = jvm().text(ArtifactNames.ASK_METASPACE, "nonsense\n")
        .text(ArtifactNames.ASK_METASPACE_LIST, "nonsense\n").text(ArtifactNames.ASK_HISTOGRAM, "nonsense\n");
    assertThat(sample.report().problems()).extracting(problem -> problem.artifact()).contains(
        ArtifactNames.ASK_METASPACE,
        ArtifactNames.ASK_METASPACE_LIST, ArtifactNames.ASK_HISTOGRAM);
  }

  @Test
  void theLastCollectionsAgeComesFromTheProcesssOwnClock() {
    SampleCapture sample = jvm().startedAt(1000).text(ArtifactNames.UPTIME, "110.50 200.00\n");
    assertThat(EvidenceReader.read(sample.capture()).uptimeMillis()).hasValue(100_500);
    assertThat(EvidenceReader.read(jvm().startedAt(99_999_999).text(ArtifactNames.UPTIME, "110.50").capture())
        .uptimeMillis()).hasValue(0);
    assertThat(EvidenceReader.read(jvm().text(ArtifactNames.UPTIME, "soon").capture()).uptimeMillis()).isEmpty();
  }
}
