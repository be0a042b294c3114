package io.tare.heap.saved;

import static io.tare.heap.DumpBuilder.number;
import static io.tare.heap.DumpBuilder.reference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.DumpBuilder;
import io.tare.heap.HeapAnalysis;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.store.Packed;
import io.tare.heap.store.SectionWriter;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The histogram that is kept is the one that a walk over the dump gives, garbage included; one that does not fit is none. */
class SavedHistogramTest {
  private static final String STAMP = "of this dump";

  @TempDir
  Path folder;

  /** One file of objects; a summary is not welcome. */
  private record Place(Path file) implements IndexPlace {
    @Override
    public Optional<Kept> open(Part part) throws IOException {
      return part == Part.SUMMARY || !Files.exists(file)
          ? Optional.empty()
          : Optional.of(new Kept(FileChannel.open(file), Files.getLastModifiedTime(file).toMillis()));
    }

    @Override
    public Optional<Writing> begin(Part part, long aboutBytes) {
      return part == Part.SUMMARY ? Optional.empty() : Optional.of(new InPlace(channel(file)));
    }

    @Override
    public void failed(IOException why) {
      throw new AssertionError(why);
    }

    @Override
    public String stamp() {
      return STAMP;
    }
  }

  private record InPlace(FileChannel channel) implements IndexPlace.Writing {
    @Override
    public void putInPlace(long bytes) {}

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static FileChannel channel(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HistogramLine line(String name, long objects, long bytes) {
    return new HistogramLine(name, objects, bytes, OptionalLong.empty());
  }

  @Test
  void whatIsKeptIsWhatTheDumpHolds() throws Exception {
    DumpBuilder builder = DumpBuilder.withIdsOf(8);
    long object = builder.addClass("java.lang.Object", 0);
    builder.addClass("java.lang.Class", object);
    builder.addClass("[B", object);
    long node = builder.addClass("app.Node", object, reference("next"), number("count"));
    builder.addClass(builder.address(96), "app.Twin", object, 1, List.of(), List.of(number("a")));
    long twin = builder.addClass(builder.address(96), "app.Twin", object, 2, List.of(), List.of(number("a")));
    for (int i = 0; i < 7; i++) {
      long made = builder.instance(node, 0, i);
      if (i < 3) {
        builder.root(Root.Kind.JNI_GLOBAL, made);
      }
    }
    builder.instance(twin, 1);
    builder.byteArray(new byte[100]);
    builder.byteArray(new byte[1000]);
    Path dump = builder.writeTo(folder.resolve("a.hprof"));
    Place place = new Place(folder.resolve("kept"));
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    assertThat(SavedHistogram.open(place)).isEmpty();

    HeapAnalysis.analyse(dump, options, HeapProgress.NONE, place);

    HeapHistogram kept = SavedHistogram.open(place).orElseThrow();
    HeapHistogram walked = HeapAnalysis.histogram(dump, options, HeapProgress.NONE);
    // How large class objects are is told by where they lie; those of this dump lie farther apart than a VM's.
    assertThat(withoutMirrors(kept)).containsExactlyInAnyOrderElementsOf(withoutMirrors(walked));
    assertThat(kept.problems()).isEqualTo(walked.problems());
    assertThat(kept.lines()).as("four of the nodes are garbage; arrays by hand: 16 + 100 and 16 + 1000, to eights")
        .contains(line("app.Node", 7, 7 * 24), line("app.Twin", 1, 16), line("byte[]", 2, 120 + 1016));
    assertThat(kept.lines()).isSortedAccordingTo((a, b) -> Long.compare(b.shallowBytes(), a.shallowBytes()));
    assertThat(HeapAnalysis.histogram(folder.resolve("gone"), options, HeapProgress.NONE, place))
        .as("the dump is not looked at").isEqualTo(kept);
  }

  private static List<HistogramLine> withoutMirrors(HeapHistogram histogram) {
    return histogram.lines().stream().filter(line -> !line.name().equals("java.lang.Class")).toList();
  }

  @Test
  void oneThatDoesNotFitIsNone() throws Exception {
    Packed.Out line = new Packed.Out();
    line.text("app.Node");
    line.i8(7);
    line.i8(168);
    assertThat(opened(1, line.bytes(), true)).as("as it should be").contains(List.of(line("app.Node", 7, 168)));
    assertThat(opened(2, line.bytes(), true)).as("fewer lines than it says").isEmpty();
    assertThat(opened(Integer.MAX_VALUE, line.bytes(), true)).isEmpty();
    assertThat(opened(1, line.bytes(), false)).as("no problems, not even none").isEmpty();
    for (int length : List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20)) {
      Packed.Out name = new Packed.Out();
      name.i4(length);
      name.i8(0);
      name.i8(0);
      assertThat(opened(1, name.bytes(), true)).as("a name of %d bytes", length).isEmpty();
    }
  }

  private Optional<List<HistogramLine>> opened(int lines, byte[] content, boolean withProblems) throws IOException {
    Place place = new Place(folder.resolve("made"));
    try (FileChannel channel = channel(place.file())) {
      SectionWriter to = new SectionWriter(channel);
      Packed.Out out = new Packed.Out();
      out.i4(lines);
      for (byte one : content) {
        out.i1(one);
      }
      to.add(SavedHistogram.SECTION, out);
      if (withProblems) {
        Packed.Out none = new Packed.Out();
        none.i8(0);
        none.i4(0);
        to.add("problems", none);
      }
      to.finish(STAMP);
    }
    return SavedHistogram.open(place).map(HeapHistogram::lines);
  }
}
