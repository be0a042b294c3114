package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.SavedOutline;
import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.index.DumpIndex.Piece;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.index.HeapClass.Kind;
import io.tare.heap.index.HeapClass.Offsets;
import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.Packed;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The numbers of objects, the classes, the roots and the pieces of a dump, kept for the next question. */
@SuppressWarnings("EnumOrdinal") // read by the version that wrote it only
public final class SavedIndex {
  private SavedIndex() {}

  public static void write(DumpIndex index, SectionWriter to) throws IOException {
    to.add("outline", SavedOutline.write(index.outline()));
    index.objects().write(to);
    to.add("classes", classes(index.classes()));
    Packed.Out out = new Packed.Out();
    out.i4(index.layout().referenceBytes());
    out.i4(index.layout().headerBytes());
    out.i4(index.layout().arrayBaseBytes());
    out.i4(index.layout().alignmentBytes());
    out.text(index.layoutWords());
    out.i4(index.roots().size());
    for (Root root : index.roots()) {
      out.i1(root.kind().ordinal());
      out.i8(root.objectId());
      out.i4(root.threadSerial());
      out.i4(root.frame());
    }
    out.i4(index.pieces().size());
    for (Piece piece : index.pieces()) {
      out.i8(piece.from());
      out.i8(piece.to());
      out.i8(piece.lowestId());
      out.i8(piece.highestId());
    }
    to.add("index", out);
    if (index.references().isPresent()) {
      index.references().get().write(to);
    }
    if (index.positions().isPresent()) {
      index.positions().get().write(to);
    }
  }

  /** How passes walk over the dump is known when its outline is. */
  public static DumpIndex read(Sections from, DumpFile file, Function<Outline, Passes> passes) {
    Outline outline = SavedOutline.read(from.packed("outline"), file);
    ObjectIndex objects = from.has("ids") ? new SortedIndex(from) : new BitmapIndex(from);
    Classes classes = classes(from.packed("classes"));
    Packed.In in = from.packed("index");
    Layout layout = new Layout(in.i4(), in.i4(), in.i4(), in.i4());
    String words = in.text();
    List<Root> roots = new ArrayList<>();
    Root.Kind[] kinds = Root.Kind.values();
    for (int left = in.i4(); left > 0; left--) {
      roots.add(new Root(kinds[in.i1()], in.i8(), in.i4(), in.i4()));
    }
    List<Piece> pieces = new ArrayList<>();
    for (int left = in.i4(); left > 0; left--) {
      pieces.add(new Piece(in.i8(), in.i8(), in.i8(), in.i8()));
    }
    Optional<PieceFilter> references = PieceFilter.read(from, pieces);
    return new DumpIndex(outline, passes.apply(outline), objects, classes, layout, words, roots, pieces, references,
        Positions.read(from));
  }

  private static Packed.Out classes(Classes classes) {
    Packed.Out out = new Packed.Out();
    out.i4(classes.count());
    for (HeapClass heapClass : classes.all()) {
      out.i8(heapClass.id());
      out.i4(heapClass.node());
      out.text(heapClass.name());
      out.i4(heapClass.superNumber());
      out.i8(heapClass.loaderId());
      out.i1(heapClass.kind().ordinal());
      out.i8(heapClass.instanceBytes());
      out.i4(heapClass.fields().size());
      for (FieldAt field : heapClass.fields()) {
        out.text(field.name());
        out.i1(field.type());
        out.i4(field.offset());
        out.i4(field.declaringClass());
      }
      out.i4(heapClass.referenceOffsets().count());
      for (int i = 0; i < heapClass.referenceOffsets().count(); i++) {
        out.i4(heapClass.referenceOffsets().get(i));
      }
      Optional<ClassDump> dump = classes.dump(heapClass);
      out.i1(dump.isPresent() ? 1 : 0);
      dump.ifPresent(described -> write(described, out));
    }
    for (int type = 0; type < BasicType.COUNT; type++) {
      out.i4(classes.ofPrimitiveArray(type));
    }
    return out;
  }

  private static void write(ClassDump dump, Packed.Out out) {
    out.i8(dump.superId());
    out.i8(dump.signersId());
    out.i8(dump.protectionDomainId());
    out.i4(dump.constantIds().size());
    dump.constantIds().forEach(out::i8);
    out.i4(dump.statics().size());
    for (ClassDump.StaticField field : dump.statics()) {
      out.i8(field.nameId());
      out.i1(field.type());
      out.i8(field.value());
    }
    out.i4(dump.fields().size());
    for (ClassDump.Field field : dump.fields()) {
      out.i8(field.nameId());
      out.i1(field.type());
    }
  }

  private static Classes classes(Packed.In in) {
    List<HeapClass> all = new ArrayList<>();
    LongIntMap byId = new LongIntMap();
    Map<Long, ClassDump> dumps = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    Kind[] kinds = Kind.values();
    int count = in.i4();
    for (int number = 0; number < count; number++) {
      long id = in.i8();
      int node = in.i4();
      String name = in.text();
      int superNumber = in.i4();
      long loaderId = in.i8();
      Kind kind = kinds[in.i1()];
      long instanceBytes = in.i8();
      List<FieldAt> fields = new ArrayList<>();
      for (int left = in.i4(); left > 0; left--) {
        fields.add(new FieldAt(names.computeIfAbsent(in.text(), same -> same), in.i1(), in.i4(), in.i4()));
      }
      int[] offsets = new int[in.i4()];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = in.i4();
      }
      if (in.i1() != 0) {
        dumps.put(id, dump(id, loaderId, in));
      }
      all.add(new HeapClass(number, id, node, name, superNumber, loaderId, kind, fields, new Offsets(offsets),
          instanceBytes));
      if (id != 0) {
        byId.put(id, number);
      }
    }
    int[] ofPrimitiveArray = new int[BasicType.COUNT];
    for (int type = 0; type < ofPrimitiveArray.length; type++) {
      ofPrimitiveArray[type] = in.i4();
    }
    return new Classes(all, byId, ofPrimitiveArray, dumps);
  }

  private static ClassDump dump(long id, long loaderId, Packed.In in) {
    long superId = in.i8();
    long signersId = in.i8();
    long domainId = in.i8();
    List<Long> constants = new ArrayList<>();
    for (int left = in.i4(); left > 0; left--) {
      constants.add(in.i8());
    }
    List<ClassDump.StaticField> statics = new ArrayList<>();
    for (int left = in.i4(); left > 0; left--) {
      statics.add(new ClassDump.StaticField(in.i8(), in.i1(), in.i8()));
    }
    List<ClassDump.Field> fields = new ArrayList<>();
    for (int left = in.i4(); left > 0; left--) {
      fields.add(new ClassDump.Field(in.i8(), in.i1()));
    }
    return new ClassDump(id, superId, loaderId, signersId, domainId, constants, statics, fields);
  }
}
