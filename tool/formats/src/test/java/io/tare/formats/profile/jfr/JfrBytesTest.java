package io.tare.formats.profile.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flight recordings of this JVM, against what the JDK's own reader says of them. */
@Tag("slow")
class JfrBytesTest {
  @TempDir
  private static Path folder;
  private static Path sampled;
  private static Path inBuffers;
  private static final int FRAMES = 6;
  private static final List<Object> KEPT = new ArrayList<>();

  record Order(int number, byte[] lines) {}

  @BeforeAll
  static void record() throws Exception {
    sampled = recorded("sampled.jfr", "jdk.ObjectAllocationSample", "jdk.OldObjectSample");
    inBuffers = recorded("buffers.jfr", "jdk.ObjectAllocationInNewTLAB", "jdk.ObjectAllocationOutsideTLAB");
  }

  private static Path recorded(String name, String... events) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    try (Recording recording = new Recording()) {
      for (String event : events) {
        recording.enable(event).withStackTrace().with("throttle", "1000/s");
      }
      recording.start();
      for (int i = 0; i < 60_000; i++) {
        KEPT.add(new Order(i, new byte[300]));
      }
      Thread other = Thread.ofPlatform().name("the other").start(() -> {
        for (int i = 0; i < 20; i++) {
          KEPT.add(new long[200_000]);
        }
      });
      other.join();
      // An old object is one that is older than the first allocation after a sampled object died.
      for (int i = 0; i < 100; i++) {
        KEPT.set(0, new long[200_000]);
      }
      System.gc();
      for (int i = 0; i < 20; i++) {
        KEPT.add(new long[200_000]);
      }
      recording.stop();
      recording.dump(file);
    }
    KEPT.clear();
    return file;
  }

  private static Profile read(Path file) throws Exception {
    Parsed<Profile> read = JfrBytes.parse("x.jfr", Files.readAllBytes(file), ParseLimits.DEFAULT);
    assertThat(read.problems()).isEmpty();
    return read.value();
  }

  /** Samples and bytes by event, class, thread and stack. */
  private static Map<String, List<Long>> truth(Path file, Map<String, String> bytes) throws IOException {
    Map<String, List<Long>> sums = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      String field = bytes.get(event.getEventType().getName());
      if (field != null) {
        RecordedClass type = event.getEventType().getName().equals("jdk.OldObjectSample")
            ? ((RecordedObject) event.getValue("object")).getClass("type")
            : event.getClass("objectClass");
        String key = event.getEventType().getName() + "|" + JfrTables.readable(type.getName()) + "|"
            + (event.getThread("eventThread") == null ? "" : event.getThread("eventThread").getJavaName()) + "|"
            + (event.getStackTrace() == null
                ? List.of("not told:0")
                : event.getStackTrace().getFrames().stream().limit(FRAMES).map(JfrBytesTest::frame).toList());
        sums.merge(key, List.of(1L, event.getLong(field)), JfrBytesTest::plus);
      }
    }
    return sums;
  }

  private static String frame(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName() + ":"
        + Math.max(0, frame.getLineNumber());
  }

  private static List<Long> plus(List<Long> one, List<Long> other) {
    return List.of(one.getFirst() + other.getFirst(), one.getLast() + other.getLast());
  }

  private static Map<String, List<Long>> ours(Profile profile) {
    Map<String, List<Long>> sums = new TreeMap<>();
    for (Sample sample : profile.samples()) {
      String key = sample.tags().get("event") + "|" + sample.tags().get("type") + "|"
          + sample.tags().getOrDefault("thread", "") + "|"
          + sample.frames().stream().limit(FRAMES).map(frame -> frame.function() + ":" + frame.line()).toList();
      int first = sample.values().get(0) > 0 ? 0 : 2;
      sums.merge(key, sample.values().subList(first, first + 2), JfrBytesTest::plus);
    }
    return sums;
  }

  /** Each stack once, with the sum of what its threads and classes have. */
  @Test
  void whatNobodyAsksAfterIsAddedUp() throws Exception {
    byte[] content = Files.readAllBytes(sampled);
    Map<List<Frame>, List<Long>> all = new HashMap<>();
    Set<List<Object>> kinds = new HashSet<>();
    for (Sample sample : JfrBytes.parse("x", content, ParseLimits.DEFAULT).value().samples()) {
      all.merge(sample.frames(), sample.values(), JfrBytesTest::sum);
      kinds.add(List.of(sample.frames(), String.valueOf(sample.tags().get("event"))));
    }
    Map<List<Frame>, List<Long>> plain = new HashMap<>();
    List<Sample> told = JfrBytes.parse("x", JfrSource.of(content), ParseLimits.DEFAULT, tag -> false).value().samples();
    for (Sample sample : told) {
      assertThat(sample.tags()).isEmpty();
      plain.merge(sample.frames(), sample.values(), JfrBytesTest::sum);
    }
    assertThat(plain).isEqualTo(all);
    assertThat(told).as("an allocation and an old object of one stack are two").hasSameSizeAs(kinds);
  }

  private static List<Long> sum(List<Long> one, List<Long> other) {
    return IntStream.range(0, one.size()).mapToObj(i -> one.get(i) + other.get(i)).toList();
  }

  @Test
  void sampledAllocationsAndOldObjectsAreWhatTheJdkReads() throws Exception {
    Map<String, List<Long>> truth = truth(sampled,
        Map.of("jdk.ObjectAllocationSample", "weight", "jdk.OldObjectSample", "objectSize"));
    assertThat(truth.keySet()).anyMatch(key -> key.contains("|the other|")).anyMatch(key -> key.startsWith("jdk.Old"));
    assertThat(ours(read(sampled))).isEqualTo(truth);
  }

  @Test
  void allocationsByBufferAreWhatTheJdkReads() throws Exception {
    Map<String, List<Long>> truth = truth(inBuffers,
        Map.of("jdk.ObjectAllocationInNewTLAB", "tlabSize", "jdk.ObjectAllocationOutsideTLAB", "allocationSize"));
    assertThat(truth.keySet()).anyMatch(key -> key.contains("Outside") && key.contains("|long[]|"));
    assertThat(ours(read(inBuffers))).isEqualTo(truth);
  }

  @Test
  void whereBothAreOnTheBytesAreNotToldTwice() throws Exception {
    Path both = recorded("both.jfr", "jdk.ObjectAllocationSample", "jdk.ObjectAllocationInNewTLAB",
        "jdk.ObjectAllocationOutsideTLAB");
    assertThat(ours(read(both))).isEqualTo(truth(both, Map.of("jdk.ObjectAllocationSample", "weight")));
  }

  @Test
  void severalPartsAreOneRecording() throws Exception {
    byte[] one = Files.readAllBytes(inBuffers);
    byte[] both = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, both, one.length, one.length);
    Map<String, List<Long>> twice = ours(read(inBuffers));
    twice.replaceAll((key, sum) -> plus(sum, sum));
    assertThat(ours(JfrBytes.parse("x", both, ParseLimits.DEFAULT).value())).isEqualTo(twice);
    Parsed<Profile> torn = JfrBytes.parse("x", Arrays.copyOf(both, both.length - 100), ParseLimits.DEFAULT);
    assertThat(ours(torn.value())).isEqualTo(ours(read(inBuffers)));
    assertThat(torn.problems()).singleElement().asString().contains("a torn part is left out");
  }

  /** async-profiler writes numbers, classes of native code and texts in other forms than the JVM. */
  @Test
  void whatAsyncProfilerWritesIsWhatTheJdkReads() throws Exception {
    Path files = Fixtures.ROOT.resolve("async-profiler-4.1");
    Map<String, List<Long>> allocated = truth(files.resolve("alloc.jfr"),
        Map.of("jdk.ObjectAllocationInNewTLAB", "tlabSize", "jdk.ObjectAllocationOutsideTLAB", "allocationSize"));
    assertThat(allocated).hasSizeGreaterThan(5);
    assertThat(ours(read(files.resolve("alloc.jfr")))).isEqualTo(allocated);
    Map<String, List<Long>> live = truth(files.resolve("live.jfr"), Map.of("profiler.LiveObject", "allocationSize"));
    Map<String, List<Long>> ours = ours(read(files.resolve("live.jfr")));
    ours.keySet().removeIf(key -> !key.startsWith("profiler.LiveObject"));
    assertThat(ours).hasSizeGreaterThan(1).isEqualTo(live);
  }

  /** However many are read at a time: what stands behind one that is torn is not told as if nothing were missing. */
  @Test
  void theFirstTornPartIsTheEnd() throws Exception {
    byte[] one = Files.readAllBytes(inBuffers);
    byte[] parts = new byte[9 * one.length];
    for (int part = 0; part < 9; part++) {
      System.arraycopy(one, 0, parts, part * one.length, one.length);
    }
    Map<String, List<Long>> six = ours(read(inBuffers));
    six.replaceAll((key, sum) -> List.of(6 * sum.getFirst(), 6 * sum.getLast()));
    int torn = 6 * one.length;
    for (int wound : List.of(torn, torn + 68)) {
      byte[] damaged = parts.clone();
      // What a chunk begins with; then the length of its first event, which is nothing.
      damaged[wound] = wound == torn ? (byte) 'X' : 0;
      Parsed<Profile> read = JfrBytes.parse("x", damaged, ParseLimits.DEFAULT);
      assertThat(ours(read.value())).isEqualTo(six);
      assertThat(read.problems()).singleElement().asString().contains("byte " + torn)
          .contains("a torn part is left out");
    }
  }

  /** However little of the file is in memory at a time. */
  @Test
  void partByPartItIsTheSame() throws Exception {
    JfrSource source = JfrSource.of(Files.readAllBytes(sampled));
    for (int windowBytes : List.of(1, 7, 4096)) {
      assertThat(ours(JfrBytes.parse("x", source, ParseLimits.DEFAULT, tag -> true, windowBytes).value()))
          .isEqualTo(ours(read(sampled)));
    }
  }

  @Test
  void aTornOneAndOneWithoutAllocationsAreRefusedWithTheReason() throws Exception {
    byte[] whole = Files.readAllBytes(inBuffers);
    assertThatThrownBy(() -> JfrBytes.parse("x", Arrays.copyOf(whole, whole.length / 2), ParseLimits.DEFAULT))
        .isInstanceOf(NotThisFormat.class).hasMessageContaining("is torn, or still being written");
    Path other = recorded("other.jfr", "jdk.ThreadSleep");
    assertThatThrownBy(() -> JfrBytes.parse("x", Files.readAllBytes(other), ParseLimits.DEFAULT))
        .hasMessageContaining("without samples of allocations");
  }

  @Test
  void damagedOnesAreReadOrRefused() throws IOException {
    Hostile.damage((bytes, limits) -> JfrBytes.parse("x.jfr", bytes, limits), List.of(Files.readAllBytes(sampled)));
  }
}
