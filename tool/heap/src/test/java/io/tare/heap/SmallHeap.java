package io.tare.heap;

import static io.tare.heap.DumpBuilder.number;
import static io.tare.heap.DumpBuilder.reference;
import static io.tare.heap.DumpBuilder.staticReference;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor.Root;
import java.util.List;

/** A small heap with one of everything: a static list, strings, a thread with a stack, a weak reference, garbage. */
final class SmallHeap {
  private SmallHeap() {}

  static DumpBuilder dump(int idBytes) {
    DumpBuilder dump = DumpBuilder.withIdsOf(idBytes).objectsPerSegment(7);
    long object = dump.addClass("java.lang.Object", 0);
    dump.addClass("java.lang.Class", object, reference("classLoader"));
    dump.addClass("[B", object);
    long array = dump.addClass("[Ljava.lang.Object;", object);
    long string = dump.addClass("java.lang.String", object, reference("value"),
        new DumpBuilder.Field("coder", BasicType.BYTE, 0));
    long reference = dump.addClass("java.lang.ref.Reference", object, reference("referent"), reference("next"));
    long weak = dump.addClass("java.lang.ref.WeakReference", reference);
    long thread = dump.addClass("java.lang.Thread", object, reference("name"), reference("threadLocals"));
    long integer = dump.addClass("java.lang.Integer", object, number("value"));
    long list = dump.addClass("java.util.ArrayList", object, reference("elementData"), number("size"));
    long node = dump.addClass("app.Node", object, reference("next"), reference("payload"));

    dump.addClass("app.Listener", object);

    long elements = dump.objectArray(array, string(dump, string, "twice"), string(dump, string, "twice"));
    long full = dump.instance(list, elements, 2);
    long empty = dump.instance(list, dump.objectArray(array, 0, 0, 0, 0), 0);
    long chain = 0;
    for (int i = 0; i < 20; i++) {
      chain = dump.instance(node, chain, dump.instance(integer, 7));
    }
    long onlyWeakly = dump.instance(object);
    long main = dump.instance(thread, string(dump, string, "worker-3"), 0);
    long holder = dump.addClass(dump.address(96), "app.Holder", object, 0,
        List.of(staticReference("CACHE", full), staticReference("CHAIN", chain), staticReference("EMPTY", empty),
            staticReference("WEAK", dump.instance(weak, onlyWeakly, 0))),
        List.of());
    dump.root(Root.Kind.STICKY_CLASS, holder);
    dump.root(Root.Kind.THREAD, main, 1, 1);
    dump.root(Root.Kind.JAVA_FRAME, dump.byteArray(new byte[40]), 1, 0);
    dump.stack(1, 1, "run", "main");
    dump.instance(object);
    return dump;
  }

  private static long string(DumpBuilder dump, long string, String text) {
    return dump.instance(string, dump.byteArray(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)), 0);
  }
}
