package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.heap.lookup.ClassLookup;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.lookup.ObjectLookup;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryRun;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapField;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.PathNode;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Referrer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --object} and {@code --class}, on the small heap. */
class LookupTest {
  @TempDir
  Path folder;

  private Path dump;

  @BeforeEach
  void write() {
    dump = SmallHeap.dump(8).writeTo(folder.resolve("dump.hprof"));
  }

  private <T, E extends Exception> T ask(HeapAnalysis.Question<T, E> question) throws Exception {
    return HeapAnalysis.ask(dump, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE, question);
  }

  private long address(String query) throws Exception {
    Query parsed = Query.parse(query);
    HeapValue first = ask((view, storage, problems) -> QueryRun.run(parsed, view, true)).rows().getFirst().getFirst();
    return ((HeapValue.Reference) first).address();
  }

  private HeapObject object(String query) throws Exception {
    long address = address(query);
    return ask((view, storage, problems) -> ObjectLookup.of(address, view, storage));
  }

  private HeapClassAnswer ofClass(String name) throws Exception {
    return ask((view, storage, problems) -> ClassLookup.of(name, view));
  }

  @Test
  void anObjectIsShownWithItsFieldsItsReferrersAndItsPath() throws Exception {
    HeapObject last = object("SELECT n FROM app.Node n WHERE n.next = null");
    assertThat(last.fields()).extracting(HeapField::name).containsExactly("next", "payload");
    assertThat(last.fields().getFirst().value()).isEqualTo(HeapValue.NOTHING);
    assertThat(last.referrers()).singleElement().satisfies(referrer -> {
      assertThat(referrer.className()).isEqualTo("app.Node");
      assertThat(referrer.reference()).isEqualTo("next");
    });
    assertThat(last.path()).hasSize(21);
    assertThat(last.path().get(1).reference()).isEqualTo("static CHAIN");
    assertThat(last.path()).extracting(PathStep::reference).endsWith("next", "next", "next");
    assertThat(last.dominators()).hasSize(20);
    assertThat(last.dominators().getLast().label()).isEqualTo("app.Holder");
    assertThat(last.holds()).singleElement()
        .satisfies(held -> assertThat(held.className()).isEqualTo("java.lang.Integer"));
  }

  @Test
  void whatARootRefersToSaysSo() throws Exception {
    HeapObject holder = object("SELECT c FROM java.lang.Class c WHERE c.@name = 'app.Holder'");
    assertThat(holder.referrers()).extracting(Referrer::reference).contains("system class");
    assertThat(holder.fields()).extracting(HeapField::name)
        .containsExactly("static CACHE", "static CHAIN", "static EMPTY", "static WEAK");
    HeapObject local = object("SELECT b FROM byte[] b WHERE b.@length = 40");
    assertThat(local.referrers()).singleElement().satisfies(referrer -> {
      assertThat(referrer.label()).isEqualTo("\"worker-3\"");
      assertThat(referrer.reference()).isEqualTo("local variable");
    });
  }

  @Test
  void garbageHasNoPathAndRetainsNothing() throws Exception {
    HeapObject garbage = object("SELECT o FROM java.lang.Object o WHERE o.@reachable = false");
    assertThat(garbage.reachable()).isFalse();
    assertThat(garbage.path()).isEmpty();
    assertThat(garbage.object().retainedBytes()).isZero();
  }

  @Test
  void weakReferencesAreReferrersToo() throws Exception {
    long weak = address("SELECT w.referent FROM java.lang.ref.WeakReference w");
    assertThat(ask((view, storage, problems) -> ObjectLookup.of(weak, view, storage)).referrers())
        .extracting(Referrer::reference).containsExactly("referent");
  }

  @Test
  void anAddressWithoutAnObjectIsSaid() {
    assertThatThrownBy(() -> ask((view, storage, problems) -> ObjectLookup.of(0x12345678, view, storage)))
        .isInstanceOf(NotInDump.class).hasMessageContaining("0x12345678");
  }

  @Test
  void theObjectsOfAClassAreCountedAndTheirWaysMerged() throws Exception {
    HeapClassAnswer nodes = ofClass("app.Node");
    assertThat(nodes.reached().objects()).isEqualTo(20);
    assertThat(nodes.retainedBytes()).hasValue(nodes.biggest().getFirst().retainedBytes());
    assertThat(nodes.biggest()).hasSize(20).isSortedAccordingTo(
        (a, b) -> Long.compare(b.retainedBytes(), a.retainedBytes()));
    PathNode root = nodes.paths().getFirst();
    assertThat(nodes.paths()).hasSize(1);
    assertThat(root.reference()).isEqualTo("system class");
    assertThat(root.objects()).isEqualTo(20);
    assertThat(root.children()).singleElement().satisfies(chain -> {
      assertThat(chain.reference()).isEqualTo("static CHAIN");
      assertThat(chain.objects()).isEqualTo(20);
      assertThat(chain.children()).as("a list is one step").isEmpty();
    });
  }

  @Test
  void waysPartWhereObjectsDiffer() throws Exception {
    HeapClassAnswer strings = ofClass("java.lang.String");
    assertThat(strings.paths()).extracting(PathNode::objects).containsExactly(2L, 1L);
    assertThat(strings.paths().get(1).children().getFirst().reference()).isEqualTo("name");
    PathNode at = strings.paths().getFirst();
    while (!at.children().isEmpty()) {
      at = at.children().getFirst();
    }
    assertThat(at.reference()).as("two elements of one array").isEqualTo("[…]");
  }

  @Test
  void aPatternFitsSeveralClasses() throws Exception {
    HeapClassAnswer all = ofClass("java.*");
    assertThat(all.classes()).hasSizeGreaterThan(4);
    assertThat(all.retainedBytes()).isEmpty();
    assertThat(ofClass("*Nod?").reached().objects()).isEqualTo(20);
    assertThat(ofClass("*Nod?").biggest()).extracting(ObjectLine::className).containsOnly("app.Node");
  }

  @Test
  void anUnknownClassComesWithAHint() {
    assertThatThrownBy(() -> ofClass("Node")).isInstanceOf(NotInDump.class).hasMessageContaining("app.Node");
    assertThatThrownBy(() -> ofClass("com.acme.*")).isInstanceOf(NotInDump.class);
  }
}
