package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.cases.faults.launch.LeakDump;
import io.tare.cases.faults.leaks.Leak;
import io.tare.cases.faults.leaks.LeakTable;
import io.tare.heap.compare.HeapComparison;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapDiff.ClassGrowth;
import io.tare.model.heap.HeapDiff.Growth;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir
  Path folder;

  /** A cache in a static field with so many entries, and a buffer that stays. */
  private Path dump(String name, int entries, long firstAddress) {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    dump.skipAddressesTo(firstAddress);
    long object = dump.addClass("java.lang.Object", 0);
    dump.addClass("java.lang.Class", object);
    dump.addClass("[B", object);
    long array = dump.addClass("[Lapp.Entry;", object);
    long entry = dump.addClass("app.Entry", object, DumpBuilder.reference("value"));
    long cache = dump.addClass("app.Cache", object, DumpBuilder.reference("table"));
    long[] elements = new long[entries];
    for (int i = 0; i < entries; i++) {
      elements[i] = dump.instance(entry, dump.byteArray(new byte[100]));
    }
    long held = dump.instance(cache, dump.objectArray(array, elements));
    long holder = dump.addClass(dump.address(96), "app.Holder", object, 0,
        List.of(DumpBuilder.staticReference("CACHE", held),
            DumpBuilder.staticReference("BUFFER", dump.byteArray(new byte[5000]))),
        List.of());
    dump.root(Root.Kind.STICKY_CLASS, holder);
    return dump.writeTo(folder.resolve(name));
  }

  private HeapDiff compare(Path before, Path after) throws Exception {
    return HeapComparison.compare(before, after, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE);
  }

  @Test
  void whatGrewIsNamedByThePlaceThatHoldsIt() throws Exception {
    HeapDiff diff = compare(dump("a.hprof", 50, 0x10000), dump("b.hprof", 250, 0x7000_0000L));
    assertThat(diff.holders()).singleElement().satisfies(place -> {
      assertThat(place.heldBy()).isEqualTo("static field app.Holder.CACHE → table");
      assertThat(place.piledUpClass()).isEqualTo("app.Entry");
      assertThat(place.objects()).isEqualTo(new Growth(50, 250));
    });
    assertThat(diff.classes().getFirst().delta()).isPositive();
    assertThat(diff.classes()).extracting(ClassGrowth::name).contains("app.Entry", "byte[]")
        .doesNotContain("app.Holder", "java.lang.Object");
    assertThat(diff.objects().delta()).isEqualTo(400);
    assertThat(diff.suspects()).anySatisfy(suspect -> {
      assertThat(suspect.holder()).isEqualTo("static field app.Holder.CACHE → table");
      assertThat(suspect.retainedBytes().orElseThrow().delta()).isPositive();
    });
  }

  @Test
  void twoDumpsOfTheSameHeapShowNoGrowthWhereverItLies() throws Exception {
    HeapDiff diff = compare(dump("a.hprof", 50, 0x10000), dump("b.hprof", 50, 0x7000_0000L));
    assertThat(diff.holders()).isEmpty();
    assertThat(diff.classes()).isEmpty();
    assertThat(diff.suspects())
        .allSatisfy(suspect -> assertThat(suspect.retainedBytes().orElseThrow().delta()).isZero());
  }

  @Test
  void whatShrankIsNoGrowth() throws Exception {
    HeapDiff diff = compare(dump("a.hprof", 250, 0x10000), dump("b.hprof", 50, 0x10000));
    assertThat(diff.holders()).isEmpty();
    assertThat(diff.classes()).allSatisfy(line -> assertThat(line.delta()).isNegative());
  }

  @Test
  void aCutDumpIsMentioned() throws Exception {
    Path whole = dump("a.hprof", 50, 0x10000);
    byte[] bytes = java.nio.file.Files.readAllBytes(whole);
    Path cut = java.nio.file.Files.write(folder.resolve("cut.hprof"),
        java.util.Arrays.copyOf(bytes, bytes.length - 200));
    assertThat(compare(cut, whole).notes()).anyMatch(note -> note.contains("cut off"));
  }

  @Test
  void aRealLeakIsNamed() throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(25);
    assumeTrue(jdk.isPresent(), "no JDK 25 is installed");
    Path before = folder.resolve("before.hprof");
    Path after = folder.resolve("after.hprof");
    LiveJvm.run(jdk.get(), List.of(), "DumpAndCount.java", before.toString());
    Leak leak = LeakTable.byName("static-map").orElseThrow();
    LeakDump.write(jdk.get().resolve("bin/java"), leak, after, "-XX:+UseSerialGC");
    assertThat(compare(before, after).holders().getFirst().heldBy()).contains(leak.suspect());
  }
}
