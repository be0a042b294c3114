package io.tare.formats.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Profiles as valgrind, heaptrack, Node and CPython write them. */
class ForeignProfilesTest {
  static final Path FIXTURES = Path.of("src/test/resources/fixtures");

  static byte[] file(String name) throws IOException {
    return Files.readAllBytes(FIXTURES.resolve(name));
  }

  private static Profile read(String name) throws Exception {
    return ProfileFile.parse(name, file(name), ParseLimits.DEFAULT).value();
  }

  private static Profile text(String text) throws NotThisFormat {
    return ProfileFile.parse("x", text.getBytes(StandardCharsets.UTF_8), ParseLimits.DEFAULT).value();
  }

  /** By the innermost frame. */
  private static Map<String, Long> flat(Profile profile, String type) {
    int at = profile.indexOf(type).orElseThrow();
    Map<String, Long> sums = new TreeMap<>();
    for (Sample sample : profile.samples()) {
      Frame frame = sample.frames().getFirst();
      sums.merge(frame.function() + ":" + frame.line(), sample.values().get(at), Long::sum);
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  /** The program keeps 200 arrays of 10,000 bytes, and makes 300 of 5,000; one allocation in 8 KB is noted. */
  @Test
  void asyncProfilersStacksAreTold() throws Exception {
    assertThat(flat(read("async-profiler-4.1/alloc.collapsed"), "samples")).containsEntry("byte[]_[i]:0", 1_346_688L)
        .containsEntry("long[]_[i]:0", 999_424L).hasSize(10);
    Profile live = read("async-profiler-4.1/live.jfr");
    assertThat(flat(live, "inuse_space")).isEqualTo(Map.of("Orders.order:27", 1_342_144L, "Orders.price:31", 5_016L));
    assertThat(live.samples()).filteredOn(sample -> sample.values().get(3) > 1_000_000).singleElement()
        .satisfies(sample -> {
          assertThat(sample.tags())
              .isEqualTo(Map.of("type", "byte[]", "thread", "loader", "event", "profiler.LiveObject"));
          assertThat(sample.frames()).startsWith(new Frame("Orders.order", "Orders.java", 27),
              new Frame("Orders.load", "Orders.java", 22),
              new Frame("Orders$$Lambda.0x0000000007040210.run", "Orders.java", 0),
              new Frame("java.lang.Thread.runWith", "Thread.java", 1487));
        });
    assertThat(read("async-profiler-4.1/malloc.jfr").samples().getFirst().frames()).startsWith(
        new Frame("libasyncProfiler.so.malloc_hook", "", 0), new Frame("libjvm.so.os::malloc", "", 0));
  }

  @Test
  void massifsHeaviestTreeIsTold() throws Exception {
    Profile profile = read("valgrind-3.19.0-massif/massif.out");
    assertThat(flat(profile, "inuse_space"))
        .isEqualTo(Map.of("entry:3", 600_500L));
    assertThat(profile.samples().getFirst().frames()).containsExactly(new Frame("entry", "orders.c", 3),
        new Frame("load", "orders.c", 4), new Frame("main", "orders.c", 6));
  }

  @Test
  void aTornMassifFileHasWhatStandsBeforeTheTear() throws Exception {
    String whole = new String(file("valgrind-3.19.0-massif/massif.out"), StandardCharsets.UTF_8);
    int tree = whole.indexOf("heap_tree=detailed");
    assertThatThrownBy(() -> text(whole.substring(0, tree))).hasMessageContaining("has no tree of who allocated what");
    assertThat(text(whole.substring(0, whole.indexOf("#---", tree))).samples()).isNotEmpty();
  }

  @Test
  void heaptracksBlocksAreAddedUp() throws Exception {
    Profile profile = read("heaptrack-1.4.0/heaptrack.txt");
    assertThat(flat(profile, "inuse_space")).isEqualTo(Map.of("entry:3", 600_000L));
    assertThat(flat(profile, "inuse_objects")).isEqualTo(Map.of("entry:3", 60L));
    assertThat(flat(profile, "alloc_objects")).containsEntry("entry:3", 100L);
    assertThat(flat(profile, "alloc_space")).containsEntry("entry:3", 620_000L);
    assertThat(profile.samples()).anySatisfy(sample -> assertThat(sample.frames().subList(0, 3))
        .extracting(Frame::function, Frame::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("entry", 3L),
            org.assertj.core.groups.Tuple.tuple("load", 4L),
            org.assertj.core.groups.Tuple.tuple("main", 6L)));
  }

  /** As a torn file may have them: each step says that the other called it, and neither has a place. */
  @Test
  void stepsThatCallEachOtherEnd() throws Exception {
    Profile profile = assertTimeoutPreemptively(Duration.ofMinutes(1),
        () -> text("v 10400 3\nt 9 2\nt 9 1\na 40 1\n+ 0\n"));
    assertThat(profile.samples())
        .containsExactly(new Sample(List.of(new Frame("not told", "", 0)), List.of(1L, 64L, 1L, 64L)));
  }

  @Test
  void whatZstdPackedIsSaidToBeUnpacked() {
    assertThatThrownBy(
        () -> ProfileFile.parse("h.zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2}, ParseLimits.DEFAULT))
        .hasMessage("h.zst is packed by zstd: unpack it (zstd -d h.zst) and name the result");
  }

  @Test
  void nodesTreeOfCallsIsTold() throws Exception {
    Map<String, Long> flat = flat(read("node-20.20.2-heapprofile/orders.heapprofile"), "inuse_space");
    assertThat(flat.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(TOTAL_OF_NODE);
    assertThat(text("""
        {"head":{"callFrame":{"functionName":"(root)","url":"","lineNumber":-1},"selfSize":0,"children":[
          {"callFrame":{"functionName":"load","url":"file:///a.js","lineNumber":3},"selfSize":10,"children":[
            {"callFrame":{"functionName":"","url":"file:///a.js","lineNumber":7},"selfSize":32,"children":[]}]}]}}"""))
        .extracting(Profile::samples).isEqualTo(List.of(
            new Sample(List.of(new Frame("load", "file:///a.js", 4)), List.of(10L)),
            new Sample(List.of(new Frame("(anonymous)", "file:///a.js", 8), new Frame("load", "file:///a.js", 4)),
                List.of(32L))));
  }

  private static final long TOTAL_OF_NODE = 138_048;

  /** Its own sums by line, as its snapshot told them when it was captured. */
  @Test
  void tracemallocsTracesAreTold() throws Exception {
    Profile profile = read("cpython-3.12.1-tracemalloc/orders.json");
    Map<String, Long> flat = flat(profile, "inuse_space");
    assertThat(flat).containsEntry("orders.py:7", 5_800L).containsEntry("orders.py:5", 5_472L)
        .containsEntry("orders.py:3", 2_312L).containsEntry("orders.py:6", 160L);
    assertThat(flat.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(13_904);
  }

  @Test
  void jsonOfAnotherKindIsRefusedWithTheReason() {
    assertThatThrownBy(() -> text("{\"a\": 1}")).isInstanceOf(NotThisFormat.class).hasMessage(
        "x is JSON, but neither a .heapprofile of V8 (\"head\") nor traces of tracemalloc (\"traces\")");
    assertThatThrownBy(() -> text("{\"traces\": [{\"size\": 1}]}"))
        .hasMessageContaining("without \"size\" and \"frames\"");
  }

  @Test
  void anyFormMayBePackedByGzip() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(file("heaptrack-1.4.0/heaptrack.txt"));
    }
    assertThat(ProfileFile.parse("x", packed.toByteArray(), ParseLimits.DEFAULT).value())
        .isEqualTo(read("heaptrack-1.4.0/heaptrack.txt"));
  }

  @Test
  void labelsOfPprofAreTagsAndAreWrittenAgain() throws Exception {
    Profile profile = new Profile(List.of(new Profile.ValueType("inuse_space", "bytes")),
        List.of(new Sample(List.of(new Frame("a", "", 0)), List.of(3L), Map.of("thread", "main", "tenant", "42")),
            new Sample(List.of(new Frame("a", "", 0)), List.of(4L), Map.of("thread", "other"))));
    assertThat(ProfileFile.parse("x", PprofWriter.write(profile), ParseLimits.DEFAULT).value()).isEqualTo(profile);
  }

  @Test
  void labelsThatNobodyAsksAfterAreLeftOut() throws Exception {
    Sample labelled = new Sample(List.of(new Frame("a", "", 0)), List.of(3L), Map.of("thread", "main", "tenant", "42"));
    Profile profile = new Profile(List.of(new Profile.ValueType("inuse_space", "bytes")), List.of(labelled));
    byte[] written = PprofWriter.write(profile);
    assertThat(ProfileFile.parse("x", written, ParseLimits.DEFAULT, "thread"::equals).value().samples())
        .containsExactly(new Sample(labelled.frames(), labelled.values(), Map.of("thread", "main")));
    assertThat(ProfileFile.parse("x", written, ParseLimits.DEFAULT, tag -> false).value().samples())
        .containsExactly(new Sample(labelled.frames(), labelled.values()));
  }
}
