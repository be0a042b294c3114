package io.tare.heap.collections;

import static io.tare.heap.DumpBuilder.number;
import static io.tare.heap.DumpBuilder.reference;
import static io.tare.heap.DumpBuilder.staticReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.heap.DumpBuilder;
import io.tare.heap.HeapAnalysis;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.lookup.CollectionLookup;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.lookup.ObjectLookup;
import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapCollections.CollectionParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections that were made by hand: nested ones, shared ones, and such as no program has but a damaged dump may have. */
class CollectionCostsTest {
  private static final String MAP = "java.util.HashMap";
  private static final String LIST = "java.util.ArrayList";

  @TempDir
  Path folder;

  private final DumpBuilder dump = DumpBuilder.withIdsOf(8);
  private final long object = dump.addClass("java.lang.Object", 0);
  private final long objects = dump.addClass("[Ljava.lang.Object;", object);
  private final long nodes = dump.addClass("[Ljava.util.HashMap$Node;", objects);
  private final long list = dump.addClass(LIST, object, reference("elementData"), number("size"));
  private final long ownList = dump.addClass("app.OwnList", list, reference("beside"), number("size"));
  private final long map = dump.addClass(MAP, object, reference("table"), number("size"), reference("keySet"));
  private final long node = dump.addClass("java.util.HashMap$Node", object, number("hash"), reference("key"),
      reference("value"), reference("next"));
  private final long set = dump.addClass("java.util.HashSet", object, reference("map"));
  private final long linked = dump.addClass("java.util.LinkedList", object, number("size"), reference("first"));
  private final long cell = dump.addClass("java.util.LinkedList$Node", object, reference("item"), reference("next"));
  private final long pair = dump.addClass("app.Pair", object, reference("left"), reference("right"));

  /** Classes, too: an object holds its class if nobody else does. */
  private void hold(long... held) {
    for (long known : new long[] {object, objects, nodes, list, ownList, map, node, set, linked, cell, pair}) {
      dump.root(Root.Kind.STICKY_CLASS, known);
    }
    dump.root(Root.Kind.STICKY_CLASS, dump.addClass(dump.address(96), "app.Holder", object, 0,
        List.of(staticReference("ALL", dump.objectArray(objects, held))), List.of()));
  }

  private <T, E extends Exception> T ask(HeapAnalysis.Question<T, E> question) throws Exception {
    Path file = folder.resolve("dump.hprof");
    if (!Files.exists(file)) {
      dump.writeTo(file);
    }
    return HeapAnalysis.ask(file, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE, question);
  }

  private List<CollectionLine> lines(String name) throws Exception {
    return this.<List<CollectionLine>, NotInDump>ask(
        (view, storage, problems) -> CollectionLookup.of(name, view, storage, problems).lines());
  }

  private CollectionLine line(String name) throws Exception {
    return lines("").stream().filter(line -> line.className().equals(name)).findFirst().orElseThrow();
  }

  private long shallow(long address) throws Exception {
    return this.<Long, RuntimeException>ask(
        (view, storage, problems) -> view.graph().shapes().shallowBytes(view.node(address)));
  }

  private long thing() {
    return dump.instance(pair, 0, 0);
  }

  private long listOf(long... elements) {
    return dump.instance(list, dump.objectArray(objects, Arrays.copyOf(elements, 10)), elements.length);
  }

  /** All in one place. */
  private long mapOf(int size, long... keysAndValues) {
    long next = 0;
    for (int i = 0; i < keysAndValues.length; i += 2) {
      next = dump.instance(node, 7, keysAndValues[i], keysAndValues[i + 1], next);
    }
    return dump.instance(map, dump.objectArray(nodes, 0, next, 0, 0), size, 0);
  }

  @Test
  void aListInsideAListCountsOnceAndAsItsOwn() throws Exception {
    long leaf = thing();
    long inner = listOf(leaf, thing());
    long beside = thing();
    long outer = listOf(dump.instance(pair, inner, 0), beside);
    hold(outer);
    CollectionLine line = line(LIST);
    assertThat(line.collections()).isEqualTo(2);
    assertThat(line.nested()).isEqualTo(1);
    assertThat(line.elements()).isEqualTo(4);
    assertThat(line.places().used()).isEqualTo(4);
    assertThat(line.places().there()).isEqualTo(20);
    long array = line.parts().tableBytes() / 2;
    assertThat(line.parts()).isEqualTo(
        new CollectionParts(2 * shallow(outer), 2 * array, 0, 4 * shallow(leaf), 0));
    assertThat(line.retainedBytes()).isEqualTo(2 * shallow(outer) + 2 * array + 4 * shallow(leaf));
  }

  @Test
  void amongListsInMapsInListsTheListsAreFoundThroughTheMaps() throws Exception {
    long inner = listOf(thing());
    long key = thing();
    hold(listOf(mapOf(1, key, inner)));
    CollectionLine lists = line(LIST);
    assertThat(lists.nested()).isEqualTo(1);
    assertThat(lists.parts().wrapperBytes()).isEqualTo(2 * shallow(inner));
    CollectionLine maps = line(MAP);
    assertThat(maps.nested()).isZero();
    assertThat(maps.parts().keyBytes()).isEqualTo(shallow(key));
    long innerHolds = shallow(inner) + lists.parts().tableBytes() / 2 + shallow(key);
    assertThat(maps.parts().valueBytes()).isEqualTo(innerHolds);
    assertThat(lists.parts().valueBytes()).as("the thing in the inner list, the map without that list in the outer")
        .isEqualTo(shallow(key) + maps.retainedBytes() - innerHolds);
  }

  @Test
  void whatSeveralEntriesReferToIsShared() throws Exception {
    long common = thing();
    long key = thing();
    long value = dump.instance(pair, common, 0);
    hold(mapOf(2, key, value, thing(), dump.instance(pair, common, 0)));
    CollectionParts parts = line(MAP).parts();
    assertThat(parts.keyBytes()).isEqualTo(2 * shallow(key));
    assertThat(parts.valueBytes()).isEqualTo(2 * shallow(value));
    assertThat(parts.sharedBytes()).isEqualTo(shallow(common));
  }

  @Test
  void whatOthersHoldIsCountedAndNotWeighed() throws Exception {
    long key = thing();
    long value = thing();
    hold(mapOf(2, key, value, thing(), value), key, value);
    CollectionLine line = line(MAP);
    assertThat(line.elsewhere().keys()).isEqualTo(1);
    assertThat(line.elsewhere().values()).isEqualTo(2);
    assertThat(line.parts().keyBytes()).isEqualTo(shallow(key));
    assertThat(line.parts().valueBytes()).isZero();
  }

  @Test
  void aKeyThatIsAValueOfAnotherEntryIsAKey() throws Exception {
    long both = thing();
    long other = thing();
    hold(mapOf(2, both, thing(), other, both), mapOf(2, thing(), thing(), thing(), thing()));
    CollectionLine line = line(MAP);
    assertThat(line.parts().keyBytes()).isEqualTo(4 * shallow(other));
    assertThat(line.parts().valueBytes()).isEqualTo(3 * shallow(other));
  }

  @Test
  void elementsThatAreNotTheFirstOfTheirPlaceCollide() throws Exception {
    hold(mapOf(3, thing(), thing(), thing(), thing(), thing(), thing()), mapOf(1, thing(), thing()));
    CollectionLine line = line(MAP);
    assertThat(line.places().used()).isEqualTo(2);
    assertThat(line.places().there()).isEqualTo(8);
    assertThat(line.places().collided()).hasValue(2);
    assertThat(line.ofOne()).isEqualTo(1);
  }

  /** What stood there is in the other array by now: the mark in its place is no element. */
  @Test
  void aMapThatIsGrowingHasTwoTablesAndMarksInTheOlder() throws Exception {
    String name = "java.util.concurrent.ConcurrentHashMap";
    long ofNodes = dump.addClass("[L" + name + "$Node;", objects);
    long entry = dump.addClass(name + "$Node", object, number("hash"), reference("key"), reference("val"),
        reference("next"));
    long moved = dump.addClass(name + "$ForwardingNode", entry, reference("nextTable"));
    long growing = dump.addClass(name, object, reference("table"), reference("nextTable"), reference("counterCells"));
    for (long known : new long[] {ofNodes, entry, moved, growing}) {
      dump.root(Root.Kind.STICKY_CLASS, known);
    }
    long newer = dump.objectArray(ofNodes, dump.instance(entry, 7, thing(), thing(), 0), 0, 0, 0);
    long mark = dump.instance(moved, newer, 0, 0, 0, 0);
    long older = dump.objectArray(ofNodes, mark, dump.instance(entry, 8, thing(), thing(), 0));
    hold(dump.instance(growing, older, newer, 0));
    CollectionLine line = line(name);
    assertThat(line.elements()).isEqualTo(2);
    assertThat(line.places().used()).isEqualTo(2);
    assertThat(line.places().there()).isEqualTo(6);
    assertThat(line.places().collided()).hasValue(0);
    assertThat(line.unread()).isZero();
    assertThat(line.parts().keyBytes()).isEqualTo(line.parts().valueBytes());
  }

  @Test
  void theMapInsideASetIsTheSets() throws Exception {
    long element = thing();
    long mask = thing();
    long inside = mapOf(2, element, mask, thing(), mask);
    hold(dump.instance(set, inside), mask);
    assertThat(lines("")).extracting(CollectionLine::className).containsExactly("java.util.HashSet");
    CollectionLine line = line("java.util.HashSet");
    assertThat(line.elements()).isEqualTo(2);
    assertThat(line.parts().wrapperBytes()).isGreaterThan(shallow(inside)).isLessThan(2 * shallow(inside));
    assertThat(line.parts().keyBytes()).isZero();
    assertThat(line.parts().valueBytes()).isEqualTo(2 * shallow(element));
    assertThat(line.elsewhere().values()).isZero();
    CollectionLine asked = this.<CollectionLine, NotInDump>ask(
        (view, storage, problems) -> ObjectLookup.of(inside, view, storage).collection().orElseThrow());
    assertThat(asked.elements()).as("asked for by itself, it is a map").isEqualTo(2);
    assertThat(asked.elsewhere().values()).isEqualTo(2);
  }

  @Test
  void aSubClassCountsAsItselfAndItsOwnFieldsAreNoListsFields() throws Exception {
    long beside = thing();
    hold(dump.instance(ownList, beside, 99, dump.objectArray(objects, thing(), 0, 0), 1));
    CollectionLine line = line("app.OwnList");
    assertThat(line.elements()).isEqualTo(1);
    assertThat(line.unread()).isZero();
    assertThat(line.parts().sharedBytes()).isEqualTo(shallow(beside));
  }

  @Test
  void aNestedCollectionInAFieldOfASubClassIsShared() throws Exception {
    long inner = dump.instance(ownList, thing(), 0, dump.objectArray(objects, 0, 0), 0);
    hold(dump.instance(ownList, inner, 0, dump.objectArray(objects, thing()), 1));
    CollectionLine line = line("app.OwnList");
    assertThat(line.nested()).isEqualTo(1);
    assertThat(line.parts().sharedBytes()).as("the inner one's own thing, not the inner one").isEqualTo(
        line.parts().valueBytes());
  }

  @Test
  void listsThatBiteTheirTailEnd() throws Exception {
    long first = dump.address(24);
    long second = dump.instance(cell, thing(), first);
    dump.instanceAt(first, cell, thing(), second);
    hold(dump.instance(linked, 2, first), dump.instance(linked, 5, dump.instance(cell, thing(), first)));
    CollectionLine line = line("java.util.LinkedList");
    assertThat(line.collections()).isEqualTo(2);
    assertThat(line.elements()).isEqualTo(7);
    assertThat(line.unread()).as("five said, three found").isEqualTo(1);
  }

  @Test
  void anEntryThatOthersHoldIsFollowedAndNotWeighed() throws Exception {
    long held = dump.instance(cell, thing(), 0);
    long first = dump.instance(cell, thing(), held);
    hold(dump.instance(linked, 2, first), held);
    CollectionLine line = line("java.util.LinkedList");
    assertThat(line.elements()).isEqualTo(2);
    assertThat(line.unread()).isZero();
    assertThat(line.parts().tableBytes()).isEqualTo(shallow(first));
    assertThat(line.elsewhere().values()).isEqualTo(1);
  }

  @Test
  void whatIsLostIsSaidAndLeftOutOfTheRatios() throws Exception {
    hold(dump.instance(list, 0x7777_0000L, 3), listOf(thing()), dump.instance(list, dump.objectArray(objects, 0), 4),
        dump.instance(list, dump.objectArray(objects, thing(), 0x7777_0000L), 2), dump.instance(list, 0, -1),
        mapOf(9, thing(), thing()), dump.instance(set, thing()));
    CollectionLine lists = line(LIST);
    assertThat(lists.collections()).isEqualTo(5);
    assertThat(lists.unread()).isEqualTo(4);
    assertThat(lists.places().there()).isEqualTo(10);
    assertThat(line(MAP).unread()).isEqualTo(1);
    assertThat(line(MAP).places().collided()).hasValue(0);
    assertThat(line("java.util.HashSet").unread()).isEqualTo(1);
  }

  @Test
  void anEntryThatIsItsOwnKeyDoesNotCountTwice() throws Exception {
    long next = dump.instance(node, 7, thing(), thing(), 0);
    long first = dump.instance(node, 7, next, thing(), next);
    hold(dump.instance(map, dump.objectArray(nodes, first), 2, 0));
    CollectionLine line = line(MAP);
    assertThat(line.parts().sumBytes()).isEqualTo(line.retainedBytes());
    assertThat(line.parts().sharedBytes()).isNotNegative();
  }

  @Test
  void aChainThatIsTooLongToBeReadStepByStepIsWalkedOver() throws Exception {
    long next = 0;
    for (int i = 0; i < 500; i++) {
      next = dump.instance(cell, thing(), next);
    }
    long chain = dump.instance(linked, 500, next);
    hold(chain);
    CollectionLine one = this.<CollectionLine, NotInDump>ask(
        (view, storage, problems) -> ObjectLookup.of(chain, view, storage).collection().orElseThrow());
    assertThat(one).isEqualTo(line("java.util.LinkedList"));
    assertThat(one.elements()).isEqualTo(500);
    assertThat(one.unread()).isZero();
  }

  @Test
  void onlyThoseAreToldThatAreAskedFor() throws Exception {
    hold(listOf(thing()), mapOf(1, thing(), thing()));
    assertThat(lines("java.util.A*")).extracting(CollectionLine::className).containsExactly(LIST);
    assertThat(lines(MAP)).hasSize(1);
    assertThatThrownBy(() -> lines("app.Pair")).isInstanceOf(NotInDump.class).hasMessageContaining("no collection");
    assertThatThrownBy(() -> lines("no.such.Thing")).isInstanceOf(NotInDump.class).hasMessageContaining("no class");
  }

  @Test
  void aThingIsNoCollection() throws Exception {
    long thing = thing();
    hold(thing);
    assertThat(this.<Boolean, NotInDump>ask(
        (view, storage, problems) -> ObjectLookup.of(thing, view, storage).collection().isPresent())).isFalse();
  }
}
