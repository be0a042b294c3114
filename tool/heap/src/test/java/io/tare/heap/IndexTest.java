package io.tare.heap;

import static io.tare.heap.DumpBuilder.reference;
import static io.tare.heap.DumpBuilder.staticReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.lookup.ClassLookup;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.lookup.ObjectLookup;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryError;
import io.tare.heap.query.QueryRun;
import io.tare.heap.saved.IndexPlace;
import io.tare.heap.saved.IndexPlace.Part;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapSummary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a dump gives the answers that the dump gives; what does not fit is not used. */
class IndexTest {
  private static final int OBJECTS = 3_000;
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir
  Path folder;

  private Path dump;
  private Kept kept;
  private final List<Long> addresses = new ArrayList<>();

  /** Files in the test's folder, and how often one was made. */
  private static final class Kept implements IndexPlace {
    private final Path dump;
    private final Path folder;
    private final Map<Part, Integer> made = new EnumMap<>(Part.class);
    private boolean isFull;
    private Optional<IOException> failure = Optional.empty();

    Kept(Path dump, Path folder) {
      this.dump = dump;
      this.folder = folder;
    }

    Path file(Part part) {
      return folder.resolve(part.name());
    }

    int made(Part part) {
      return made.getOrDefault(part, 0);
    }

    @Override
    public Optional<IndexPlace.Kept> open(Part part) throws IOException {
      return Optional.of(new IndexPlace.Kept(FileChannel.open(file(part)),
          Files.getLastModifiedTime(file(part)).toMillis()));
    }

    @Override
    public Optional<Writing> begin(Part part, long aboutBytes) {
      made.merge(part, 1, Integer::sum);
      try {
        Path target = isFull ? Path.of("/dev/full") : file(part).resolveSibling("part");
        FileChannel channel = isFull
            ? FileChannel.open(target, StandardOpenOption.WRITE)
            : FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        return Optional.of(new Writing() {
          @Override
          public FileChannel channel() {
            return channel;
          }

          @Override
          public void putInPlace(long bytes) throws IOException {
            assertThat(Files.size(target)).isEqualTo(bytes);
            Files.move(target, file(part), StandardCopyOption.REPLACE_EXISTING);
          }

          @Override
          public void close() throws IOException {
            channel.close();
          }
        });
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void failed(IOException why) {
      failure = Optional.of(why);
    }

    @Override
    public String stamp() throws IOException {
      return DumpFile.stamp(dump);
    }
  }

  @BeforeEach
  void write() throws IOException {
    dump = randomHeap(1).writeTo(folder.resolve("dump.hprof"));
    kept = new Kept(dump, Files.createDirectory(folder.resolve("kept")));
  }

  @Test
  void aSessionThatIsClosedAnswersNothing() throws Exception {
    summary(kept);
    HeapSession session = HeapSession.open(dump, options(), HeapProgress.NONE, kept);
    session.close();
    assertThatThrownBy(() -> session.<Long, RuntimeException>ask((view, _, _) -> view.retainedBytes(1)))
        .isInstanceOf(IllegalStateException.class).hasMessage("the session is closed");
  }

  /** Objects that refer to three others, some through weak references, in more than a hundred pieces of the file. */
  private DumpBuilder randomHeap(long step) {
    Random random = new Random(7);
    DumpBuilder builder = DumpBuilder.withIdsOf(8).objectsPerSegment(20);
    addresses.clear();
    long object = builder.addClass("java.lang.Object", 0);
    builder.addClass("java.lang.Class", object);
    long reference = builder.addClass("java.lang.ref.Reference", object, reference("referent"));
    long weak = builder.addClass("java.lang.ref.WeakReference", reference);
    long node = builder.addClass("app.Node", object, reference("left"), reference("right"), reference("far"));
    for (int i = 0; i < OBJECTS; i++) {
      if (i == OBJECTS / 2) {
        builder.skipAddressesTo(addresses.getLast() + (step << 20));
      }
      long[] targets = new long[3];
      for (int k = 0; k < targets.length; k++) {
        int near = Math.max(0, i - 1 - random.nextInt(10));
        boolean isFar = random.nextInt(8) == 0;
        targets[k] = i == 0 || random.nextInt(3) == 0 ? 0 : addresses.get(isFar ? random.nextInt(i) : near);
      }
      boolean isWeak = i > 0 && random.nextInt(20) == 0;
      addresses
          .add(isWeak ? builder.instance(weak, addresses.get(random.nextInt(i))) : builder.instance(node, targets));
    }
    long holder = builder.addClass(builder.address(96), "app.Holder", object, 0,
        List.of(staticReference("LAST", addresses.getLast())), List.of());
    builder.root(Root.Kind.STICKY_CLASS, holder);
    for (int i = 0; i < OBJECTS; i += 150) {
      builder.root(Root.Kind.JNI_GLOBAL, addresses.get(i));
    }
    return builder;
  }

  private HeapSummary summary(IndexPlace place) throws Exception {
    return HeapAnalysis.analyse(dump, options(), HeapProgress.NONE, place);
  }

  private HeapOptions options() {
    return HeapOptions.usual().withTemporaryFolder(folder);
  }

  private List<Object> answers(IndexPlace place) throws Exception {
    List<Object> answers = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i += 37) {
      long address = addresses.get(i);
      answers.add(HeapAnalysis.<HeapObject, NotInDump>ask(dump, options(), HeapProgress.NONE, place,
          (view, storage, problems) -> ObjectLookup.of(address, view, storage)));
    }
    for (String name : List.of("app.Node", "java.lang.Class", "java.lang.ref.*")) {
      answers.add(HeapAnalysis.<Object, NotInDump>ask(dump, options(), HeapProgress.NONE, place,
          (view, storage, problems) -> ClassLookup.of(name, view)));
    }
    for (String text : List.of(
        "SELECT n, n.@retainedHeapSize, n.left FROM app.Node n ORDER BY n.@retainedHeapSize DESC",
        "SELECT AS RETAINED SET n FROM app.Node n WHERE n.left != null AND n.far != null",
        "SELECT inbounds(n) FROM OBJECTS 0x" + Long.toHexString(addresses.get(OBJECTS / 3)) + " n",
        "SELECT OBJECTS inbounds(n) FROM app.Node n", "SELECT dominators(n) FROM app.Node n")) {
      Query query = Query.parse(text);
      answers.add(HeapAnalysis.<Object, QueryError>ask(dump, options(), HeapProgress.NONE, place,
          (view, storage, problems) -> QueryRun.run(query, view, true)));
    }
    return answers;
  }

  @Test
  void theIndexGivesTheAnswersThatTheDumpGives() throws Exception {
    List<Object> fromDump = answers(IndexPlace.NONE);
    assertThat(answers(kept)).isEqualTo(fromDump);
    assertThat(kept.made(Part.HEAP)).as("the second question finds the index of the first").isEqualTo(1);
    HeapSummary summary = summary(IndexPlace.NONE);
    assertThat(summary(kept)).isEqualTo(summary);
    assertThat(summary(kept)).isEqualTo(summary);
    assertThat(kept.made).isEqualTo(Map.of(Part.HEAP, 1, Part.SUMMARY, 1));
  }

  @Test
  void objectsFarApartAreKeptAsWell() throws Exception {
    // So far apart that the addresses are sorted instead of marked.
    dump = randomHeap(1L << 24).writeTo(dump);
    List<Object> fromDump = answers(IndexPlace.NONE);
    assertThat(answers(kept)).isEqualTo(fromDump);
    assertThat(kept.made(Part.HEAP)).isEqualTo(1);
  }

  @Test
  void aDamagedIndexIsMadeAnew() throws Exception {
    HeapSummary summary = summary(kept);
    byte[] heap = Files.readAllBytes(kept.file(Part.HEAP));
    byte[] ofSummary = Files.readAllBytes(kept.file(Part.SUMMARY));
    // Header, what comes first, the middle, the table at the end.
    for (int at : List.of(0, 9, 20, 61, 70, heap.length / 2, heap.length - 3)) {
      damage(Part.HEAP, heap, at);
      damage(Part.SUMMARY, ofSummary, (int) ((long) at * ofSummary.length / heap.length));
      int before = kept.made(Part.HEAP);
      assertThat(summary(kept)).as("byte %d", at).isEqualTo(summary);
      assertThat(kept.made(Part.HEAP)).as("byte %d", at).isEqualTo(before + 1);
      assertThat(Files.readAllBytes(kept.file(Part.HEAP))).as("byte %d", at).hasSameSizeAs(heap);
    }
  }

  private void damage(Part part, byte[] whole, int at) throws IOException {
    byte[] damaged = whole.clone();
    damaged[at] ^= 4;
    Files.write(kept.file(part), damaged);
    Files.setLastModifiedTime(kept.file(part), FileTime.from(LONG_AGO));
  }

  @Test
  void aCutIndexAForeignFileAndAnEmptyOneAreMadeAnew() throws Exception {
    HeapSummary summary = summary(kept);
    byte[] heap = Files.readAllBytes(kept.file(Part.HEAP));
    byte[] foreign = new byte[heap.length];
    new Random(1).nextBytes(foreign);
    for (byte[] content : List.of(Arrays.copyOf(heap, heap.length - 1), Arrays.copyOf(heap, 64),
        Arrays.copyOf(heap, heap.length + 1), new byte[0], foreign)) {
      Files.write(kept.file(Part.HEAP), content);
      Files.write(kept.file(Part.SUMMARY), content);
      int before = kept.made(Part.HEAP);
      assertThat(summary(kept)).isEqualTo(summary);
      assertThat(kept.made(Part.HEAP)).isEqualTo(before + 1);
    }
  }

  @Test
  void anIndexThatWasOnlyCopiedIsReadOnceAndUsed() throws Exception {
    HeapSummary summary = summary(kept);
    for (Part part : Part.values()) {
      Files.setLastModifiedTime(kept.file(part), FileTime.from(LONG_AGO));
    }
    assertThat(summary(kept)).isEqualTo(summary);
    assertThat(answers(kept)).isEqualTo(answers(IndexPlace.NONE));
    assertThat(kept.made).isEqualTo(Map.of(Part.HEAP, 1, Part.SUMMARY, 1));
  }

  @Test
  void theIndexOfAnotherDumpIsNotUsed() throws Exception {
    summary(kept);
    byte[] content = Files.readAllBytes(dump);
    FileTime time = Files.getLastModifiedTime(dump);

    Files.setLastModifiedTime(dump, FileTime.from(LONG_AGO));
    summary(kept);
    assertThat(kept.made(Part.HEAP)).as("written to at another time").isEqualTo(2);

    content[content.length - 20] ^= 1;
    Files.write(dump, content);
    Files.setLastModifiedTime(dump, FileTime.from(LONG_AGO));
    summary(kept);
    assertThat(kept.made(Part.HEAP)).as("of the same length and time").isEqualTo(3);

    Files.write(dump, Arrays.copyOf(content, content.length + 1));
    Files.setLastModifiedTime(dump, time);
    summary(kept);
    assertThat(kept.made(Part.HEAP)).as("longer").isEqualTo(4);
  }

  @Test
  void aFullDiskCostsTheIndexAndNotTheAnswer() throws Exception {
    kept.isFull = true;
    assertThat(summary(kept)).isEqualTo(summary(IndexPlace.NONE));
    assertThat(kept.failure).isPresent();
    assertThat(kept.file(Part.HEAP)).doesNotExist();
  }

  @Test
  void aQuestionForReferrersReadsAFewPiecesOfTheDumpOnly() throws Exception {
    summary(kept);
    long address = addresses.getLast();
    int pieces = HeapAnalysis.<Integer, IOException>ask(dump, options(), HeapProgress.NONE, kept,
        (view, storage, problems) -> view.graph().index().pieces().size());
    int referring = HeapAnalysis.<Integer, IOException>ask(dump, options(), HeapProgress.NONE, kept,
        (view, storage, problems) -> view.graph().index().partsReferringTo(address).size());
    assertThat(pieces).isGreaterThan(128);
    assertThat(referring).isBetween(1, pieces / 8);
  }

  @Test
  void aClassThatTheDumpDoesNotHaveCostsNoAnalysis() throws Exception {
    List<String> steps = new ArrayList<>();
    HeapProgress progress = (step, done, total) -> steps.add(step);
    assertThatThrownBy(() -> HeapAnalysis.<Object, NotInDump>ask(dump, options(), progress, kept,
        names -> ClassLookup.foresee("app.Nod", names), (view, storage, problems) -> ClassLookup.of("app.Nod", view)))
        .isInstanceOf(NotInDump.class).hasMessageContaining("Did you mean app.Node?");
    Query query = Query.parse("SELECT * FROM app.Missing m");
    assertThatThrownBy(() -> HeapAnalysis.<Object, QueryError>ask(dump, options(), progress, kept,
        names -> QueryRun.foresee(query, names), (view, storage, problems) -> QueryRun.run(query, view, true)))
        .isInstanceOf(QueryError.class).hasMessageContaining("there is no class app.Missing in this dump.");
    assertThat(steps).isEmpty();
    HeapAnalysis.<Object, NotInDump>ask(dump, options(), progress, kept,
        names -> ClassLookup.foresee("app.N?de", names), (view, storage, problems) -> ClassLookup.of("app.N?de", view));
    assertThat(steps).contains("indexing objects", "answering");
  }
}
