package io.tare.capture.memory.hotspot.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.hotspot.HotspotHeap;
import io.tare.capture.memory.hotspot.census.TracedProgram.Jvm;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Collections that come while a heap is traced: the program stands still, and the counters of its collections tell what the test wants. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeapTraceTurnTest {
  private Child child;
  private TypeCensus plain;
  private int looks;

  @BeforeAll
  void aProgramThatStandsStill(@TempDir Path classes) throws Exception {
    child = new TracedProgram(classes).start(new Jvm(Jdk.own(), List.of("-XX:+UseG1GC")), "idle");
    Thread.sleep(500);
    TracedProgram.signal("-STOP", child);
    Thread.sleep(100);
    AtomicReference<Turning> seen = new AtomicReference<>();
    plain = traced(Duration.ofSeconds(30), seen, (look, told) -> told).value().orElseThrow();
    looks = seen.get().looks;
  }

  @AfterAll
  void end() throws Exception {
    child.close();
  }

  /** What the counters tell at one look after the other. */
  @FunctionalInterface
  interface Told {
    Counters at(int look, Counters truth);
  }

  record Counters(long all, long full, boolean isActive) {}

  private Parsed<Optional<TypeCensus>> traced(Duration time, AtomicReference<Turning> seen, Told told)
      throws Exception {
    long[] places = places();
    return TracedProgram.trace(child, time, memory -> {
      seen.set(new Turning(memory, places, told));
      return seen.get();
    });
  }

  private TypeCensus traced(Told told) throws Exception {
    return traced(Duration.ofSeconds(30), new AtomicReference<>(), told).value().orElseThrow();
  }

  /** Where the counters lie: the last bytes that are read of whoever asks for them. */
  private long[] places() throws Exception {
    Path proc = child.folder().path();
    Smaps smaps = Mappings.of(proc);
    try (LiveMemory memory = LiveMemory.open(proc, new ReadBudget(1L << 30, Duration.ofSeconds(32)))) {
      Reads reads = new Reads(memory);
      try (FileBackedMemory complete = new FileBackedMemory(reads, new MappingIndex(smaps), proc)) {
        HotspotHeap heap = HotspotHeap.open(complete, new MappingIndex(smaps), proc, problem -> {}).orElseThrow();
        reads.read.clear();
        heap.collections();
      }
      List<long[]> read = reads.read;
      long active = read.stream().filter(one -> one[1] == 1).toList().getLast()[0];
      List<long[]> integers = read.stream().filter(one -> one[1] == Integer.BYTES).toList();
      return new long[] {integers.get(integers.size() - 2)[0], integers.getLast()[0], active};
    }
  }

  @Test
  void afterAYoungCollectionWhatIsYoungIsLookedForAgainAndCountedOnce() throws Exception {
    for (int at : new int[] {3, looks / 2, looks - 2}) {
      TypeCensus census = traced((look, truth) -> new Counters(truth.all() + (look < at ? 0 : 1), truth.full(), false));
      assertThat(census.truth()).as("at look " + at).isEqualTo(Truth.CONSISTENT);
      assertThat(census.cost().attempts()).isEqualTo(2);
      assertThat(counts(census)).isEqualTo(counts(plain));
      assertThat(census.live().orElseThrow().oldBytes()).isEqualTo(plain.live().orElseThrow().oldBytes());
    }
    TypeCensus late = traced(
        (look, truth) -> new Counters(truth.all() + (look < looks - 2 ? 0 : 1), truth.full(), false));
    assertThat(late.cost().bytesRead()).as("what is young lies elsewhere, and is read anew")
        .isGreaterThan(plain.cost().bytesRead() + plain.bytes() - plain.live().orElseThrow().oldBytes());
  }

  private static Map<String, TypeCount> counts(TypeCensus census) {
    return TracedProgram.byName(census);
  }

  @Test
  void onceTheOldGenerationWasCollectedNothingIsTold() throws Exception {
    for (int at : new int[] {3, looks / 2, looks - 1}) {
      Parsed<Optional<TypeCensus>> traced = traced(Duration.ofSeconds(30), new AtomicReference<>(),
          (look, truth) -> new Counters(truth.all() + (look < at ? 0 : 1), truth.full() + (look < at ? 0 : 1), false));
      assertThat(traced.value()).as("at look " + at).isEmpty();
      assertThat(traced.problems().toString()).contains("the old generation was collected meanwhile");
    }
  }

  @Test
  void whileACollectionMovesObjectsNothingIsRead() throws Exception {
    AtomicReference<Turning> seen = new AtomicReference<>();
    TypeCensus census = traced(Duration.ofSeconds(30), seen,
        (look, truth) -> new Counters(truth.all(), truth.full(), look < 20)).value().orElseThrow();
    assertThat(counts(census)).isEqualTo(counts(plain));
    assertThat(census.cost().attempts()).isEqualTo(1);
    assertThat(seen.get().looks).as("it waited for the collection's end first").isBetween(looks + 19, looks + 21);
  }

  @Test
  void whereCollectionsLeaveNoTimeTheCountIsSaidToBeTorn() throws Exception {
    TypeCensus census = traced(Duration.ofMillis(1_500), new AtomicReference<>(),
        (look, truth) -> new Counters(truth.all() + look, truth.full(), false)).value().orElseThrow();
    assertThat(census.truth()).isEqualTo(Truth.TORN);
  }

  /** Of what it reads only the reads themselves are noted. */
  private static class Reads implements ProcessMemory {
    private final ProcessMemory memory;
    private final List<long[]> read = new ArrayList<>();

    Reads(ProcessMemory memory) {
      this.memory = memory;
    }

    @Override
    public int pageBytes() {
      return memory.pageBytes();
    }

    @Override
    public Optional<byte[]> read(long address, int length) {
      read.add(new long[] {address, length});
      return memory.read(address, length);
    }

    @Override
    public boolean isPresent(long address) {
      return memory.isPresent(address);
    }

    @Override
    public List<AddressRange> presentRuns(AddressRange range) {
      return memory.presentRuns(range);
    }

    @Override
    public boolean isUntouched(long address) {
      return memory.isUntouched(address);
    }

    @Override
    public void forget() {
      memory.forget();
    }

    @Override
    public long bytesRead() {
      return memory.bytesRead();
    }

    @Override
    public boolean budgetExceeded() {
      return memory.budgetExceeded();
    }
  }

  /** Counters that turn. */
  private static final class Turning extends Reads {
    private final long[] places;
    private final Told told;
    private Counters truth = new Counters(0, 0, false);
    private Counters now = truth;
    private int looks;

    Turning(ProcessMemory memory, long[] places, Told told) {
      super(memory);
      this.places = places;
      this.told = told;
    }

    @Override
    public Optional<byte[]> read(long address, int length) {
      Optional<byte[]> bytes = super.read(address, length);
      if (address == places[2] && length == 1) {
        // It is the first of the three that is read.
        now = told.at(looks++, truth);
        return Optional.of(new byte[] {(byte) (now.isActive() ? 1 : 0)});
      }
      if (length == Integer.BYTES && (address == places[0] || address == places[1])) {
        return Optional.of(integer(address == places[0] ? now.all() : now.full()));
      }
      return bytes;
    }

    private static byte[] integer(long value) {
      byte[] bytes = new byte[Integer.BYTES];
      ProcessMemory.inOrder(bytes).putInt((int) value);
      return bytes;
    }
  }
}
