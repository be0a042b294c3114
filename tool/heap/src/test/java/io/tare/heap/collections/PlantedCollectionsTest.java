package io.tare.heap.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.heap.HeapAnalysis;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.LiveJvm;
import io.tare.heap.answers.HeapView;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.dominators.SlowHeap;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.OutlineReader;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.heap.index.Passes;
import io.tare.heap.lookup.CollectionLookup;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.lookup.ObjectLookup;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapCollections.CollectionLine.Places;
import io.tare.model.heap.HeapCollections.CollectionParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collection of every kind, filled with what is known, in a JVM of its own; its parts are found a second time by taking objects away. */
@Tag("slow")
class PlantedCollectionsTest {
  private static final Pattern TABLE = Pattern.compile("(?!Planted).*(\\[]|Node|Entry|Index|TreeBin)");
  private static final int FEWEST = 38;

  @TempDir
  Path folder;

  private record Facts(long elements, long used, long there, long collided, long keys, long values) {}

  private record Plant(String name, int node) {}

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void everyKindIsCountedAndSplit(int version) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(version);
    assumeTrue(jdk.isPresent(), "no JDK " + version + " is installed");
    Path dump = folder.resolve("planted.hprof");
    Map<String, Facts> facts = new HashMap<>();
    LiveJvm.run(jdk.get(), List.of(), "Planted.java", dump.toString()).lines().map(line -> line.split(" "))
        .filter(words -> words.length == 7).forEach(words -> facts.put(words[0], facts(words)));
    SlowHeap slow = slow(dump);
    List<Plant> plants = HeapAnalysis.<List<Plant>, NotInDump>ask(dump, options(), HeapProgress.NONE,
        (view, storage, problems) -> check(view, storage, facts, slow));
    assertThat(plants).hasSizeGreaterThanOrEqualTo(FEWEST).hasSameSizeAs(facts.keySet());
  }

  private HeapOptions options() {
    return HeapOptions.usual().withTemporaryFolder(folder);
  }

  private static Facts facts(String[] words) {
    long[] numbers = Stream.of(words).skip(1).mapToLong(Long::parseLong).toArray();
    return new Facts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
  }

  private SlowHeap slow(Path dump) throws Exception {
    ProblemLog problems = new ProblemLog();
    try (Storage storage = new Storage(Long.MAX_VALUE, folder); DumpFile file = DumpFile.open(dump, folder, problems)) {
      Outline outline = OutlineReader.read(file, problems);
      Passes passes = new Passes(file, outline.header().idBytes(), problems, 2, done -> {});
      return SlowHeap.of(HeapGraph.build(DumpIndex.build(outline, passes, ReferenceStrength.USUAL, storage), storage));
    }
  }

  private static List<Plant> check(HeapView view, Storage storage, Map<String, Facts> facts, SlowHeap slow)
      throws NotInDump {
    List<Plant> plants = plants(view);
    for (Plant plant : plants) {
      CollectionLine line = ObjectLookup.of(view.address(plant.node()), view, storage).collection().orElseThrow();
      Facts known = facts.get(plant.name());
      assertThat(line.unread()).as(plant.name()).isZero();
      assertThat(line.elements()).as(plant.name()).isEqualTo(known.elements());
      compare(plant.name(), known, line.places());
      assertThat(line.elsewhere().keys()).as(plant.name()).isEqualTo(known.keys());
      assertThat(line.elsewhere().values()).as(plant.name()).isEqualTo(known.values());
      CollectionParts expected = parts(plant.node(), view, slow);
      assertThat(line.parts()).as(plant.name()).isEqualTo(expected);
      assertThat(line.retainedBytes()).as(plant.name()).isEqualTo(expected.sumBytes());
      CollectionLine walked = CollectionCosts.ofOne(plant.node(),
          new HeapParts(view.graph(), view.reach(), storage), view.tree());
      assertThat(walked).as("%s by a walk", plant.name()).isEqualTo(line);
    }
    all(view, storage, slow);
    return plants;
  }

  private static void compare(String name, Facts known, Places places) {
    if (known.there() >= 0) {
      assertThat(places.there()).as(name).isEqualTo(known.there());
    }
    if (known.used() >= 0) {
      assertThat(places.used()).as(name).isEqualTo(known.used());
    }
    if (known.collided() >= 0) {
      assertThat(places.collided()).as(name).hasValue(known.collided());
    }
  }

  private static List<Plant> plants(HeapView view) {
    List<Plant> plants = new ArrayList<>();
    for (int node = 1; node <= view.graph().objects(); node++) {
      if (view.reach().reached(node) && view.classOf(node).name().equals("Planted$Plant")) {
        String name = view.reader().text(view.reader().value(view.address(node), "name").orElseThrow()).orElseThrow();
        plants.add(new Plant(name, view.node(view.reader().value(view.address(node), "collection").orElseThrow())));
      }
    }
    return plants;
  }

  /** Keys and values by their class, table and wrapper by the names of theirs; what is left is shared. */
  private static CollectionParts parts(int collection, HeapView view, SlowHeap slow) {
    BitSet held = slow.retainedBy(one(collection));
    Inside inside = new Inside(collection, (BitSet) held.clone(), view, slow);
    BitSet keys = inside.heldBy("Planted$Key");
    BitSet values = inside.heldBy("Planted$Val");
    values.andNot(keys);
    held.andNot(keys);
    held.andNot(values);
    BitSet shared = inside.heldBy("Planted$Shared");
    shared.and(held);
    held.andNot(shared);
    BitSet table = new BitSet();
    held.stream().filter(node -> TABLE.matcher(view.classOf(node).name()).matches()).forEach(table::set);
    held.andNot(table);
    return new CollectionParts(bytes(held, view), bytes(table, view), bytes(keys, view), bytes(values, view),
        bytes(shared, view));
  }

  private record Inside(int collection, BitSet held, HeapView view, SlowHeap slow) {
    BitSet heldBy(String className) {
      BitSet all = new BitSet();
      held.stream().filter(node -> view.classOf(node).name().equals(className))
          .forEach(node -> all.or(slow.retainedWithin(held, collection, node)));
      return all;
    }
  }

  private static BitSet one(int node) {
    BitSet set = new BitSet();
    set.set(node);
    return set;
  }

  private static long bytes(BitSet nodes, HeapView view) {
    return nodes.stream().mapToLong(view.graph().shapes()::shallowBytes).sum();
  }

  /** The classes hold what their collections hold that lie in no other of the class, sets' maps apart. */
  private static void all(HeapView view, Storage storage, SlowHeap slow) throws NotInDump {
    List<CollectionLine> lines = CollectionLookup.of("", view, storage, new ProblemLog()).lines();
    assertThat(lines).extracting(CollectionLine::className).contains("Planted$OwnMap", "java.util.Properties");
    assertThat(lines).isSortedAccordingTo((a, b) -> Long.compare(b.retainedBytes(), a.retainedBytes()));
    for (String name : List.of("java.util.TreeSet", "Planted$OwnMap", "java.util.LinkedHashSet", "java.util.ArrayDeque",
        "java.util.concurrent.LinkedBlockingQueue")) {
      CollectionLine line = lines.stream().filter(one -> one.className().equals(name)).findFirst().orElseThrow();
      BitSet objects = new BitSet();
      for (int node = 1; node <= view.graph().objects(); node++) {
        objects.set(node, view.reach().reached(node) && view.classOf(node).name().equals(name));
      }
      BitSet outermost = (BitSet) objects.clone();
      objects.stream().forEach(node -> {
        BitSet held = slow.retainedBy(one(node));
        held.clear(node);
        outermost.andNot(held);
      });
      assertThat(line.collections()).as(name).isEqualTo(objects.cardinality());
      assertThat(line.nested()).as(name).isEqualTo(objects.cardinality() - outermost.cardinality());
      assertThat(line.retainedBytes()).as(name)
          .isEqualTo(outermost.stream().mapToLong(node -> bytes(slow.retainedBy(one(node)), view)).sum());
    }
  }
}
