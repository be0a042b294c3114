package io.tare.heap.index;

import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.index.BitmapIndex.AddressMarks;
import io.tare.heap.index.ClassesBuilder.Measure;
import io.tare.heap.index.FirstPass.Gathered;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.heap.index.InstanceSizes.Correction;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a dump numbered, its classes and its roots: what the later walks need to know.
 *
 * @param layoutWords the layout, what it rests on, and which sizes were measured against it, in words
 * @param references which pieces refer to an object, if anybody wants to know later
 * @param positions where objects are in the file, if anybody wants to know later
 */
public record DumpIndex(
    Outline outline,
    Passes passes,
    ObjectIndex objects,
    Classes classes,
    Layout layout,
    String layoutWords,
    List<Root> roots,
    List<Piece> pieces,
    Optional<PieceFilter> references,
    Optional<Positions> positions)
    implements
      AutoCloseable {

  private static final int FINEST_SHIFT = 3;
  /** A bitmap that takes more than this part of the dump is a waste. */
  private static final int BITMAP_SHARE = 8;

  private static final long SMALL_BITMAP = 64 << 20;

  public static DumpIndex build(Outline outline, Passes passes, ReferenceStrength strength, Storage storage) {
    AddressMarks marks = new AddressMarks(outline.header().idBytes() == 8 ? FINEST_SHIFT : 2, mostBytes(passes));
    List<FirstPass> first = mark(outline, passes, marks);
    if (marks.neededShift() < marks.shift()) {
      marks = new AddressMarks(marks.neededShift(), mostBytes(passes));
      first = mark(outline, passes, marks);
    }
    ObjectIndex objects;
    if (marks.tooSparse()) {
      first = passes.walk(outline.segments(), FirstPass::listing);
      objects = new SortedIndex(first.stream().map(FirstPass::ids).toList(), storage);
    } else {
      objects = new BitmapIndex(marks, storage);
    }
    Gathered gathered = Gathered.merge(first);
    Neighbours neighbours = Neighbours.of(objects);
    Layout.Finding finding = Layout.Detection.find(outline, gathered, neighbours);
    Measure measure = new Measure(finding.layout(), neighbours);
    ClassesBuilder builder = new ClassesBuilder(outline, gathered, measure, strength, objects::find);
    Classes classes = builder.build();
    return new DumpIndex(outline, passes, objects, classes, finding.layout(),
        words(finding, builder.corrections()), gathered.roots(), gathered.pieces(), Optional.empty(), Optional.empty());
  }

  private static String words(Layout.Finding finding, List<Correction> corrections) {
    Layout layout = finding.layout();
    String measured = Correction.words(corrections);
    return "references of " + layout.referenceBytes() + " bytes, headers of " + layout.headerBytes()
        + " bytes, alignment " + layout.alignmentBytes() + ", " + finding.evidence()
        + (measured.isEmpty() ? "" : "; " + measured);
  }

  private static long mostBytes(Passes passes) {
    return passes.file().size() / BITMAP_SHARE + SMALL_BITMAP;
  }

  private static List<FirstPass> mark(Outline outline, Passes passes, AddressMarks marks) {
    return passes.walk(outline.segments(), () -> FirstPass.marking(marks));
  }

  /** The pieces of the file that could be read, for another walk. */
  public List<Segment> parts() {
    return pieces.stream().map(piece -> new Segment(piece.from(), piece.to())).toList();
  }

  /** With what single objects are found by, who refers to them and they themselves; the walk that reads the references fills it. */
  public DumpIndex forSingleObjects(Storage storage) {
    return new DumpIndex(outline, passes, objects, classes, layout, layoutWords, roots, pieces,
        Optional.of(PieceFilter.of(pieces, storage)), Optional.of(Positions.of(objects.size(), storage)));
  }

  /** The pieces of the file that hold whoever refers to the object, and maybe others. */
  public List<Segment> partsReferringTo(long id) {
    return references.map(filter -> filter.referringTo(id)).orElseGet(this::parts);
  }

  /** The parts of the file that should hold the objects, given by number and ascending; none where that is not known. */
  public List<Segment> partsAround(int[] nodes) {
    return positions.map(known -> known.around(Arrays.stream(nodes).iterator(), outline.segments())).orElse(List.of());
  }

  @Override
  public void close() {
    objects.close();
  }

  /** Numbers the objects of a dump 1, 2, 3 … in the order of their addresses; 0 is no object. */
  public sealed interface ObjectIndex extends AutoCloseable permits BitmapIndex, SortedIndex {
    /** The highest number, which is how many objects there are. */
    int size();

    /** The number of the object at this address, 0 if there is none. */
    int find(long id);

    /** The address of the object with this number. */
    long idOf(int number);

    /** The same for one who asks for many, each with a higher number than the one before. */
    default Ascending ascending() {
      return this::idOf;
    }

    /** One thread's own. */
    interface Ascending {
      long idOf(int number);
    }

    void write(SectionWriter to) throws IOException;

    @Override
    void close();
  }

  /** A piece of the file that can be walked on its own, and the lowest and highest address of the objects in it. */
  public record Piece(long from, long to, long lowestId, long highestId) {}
}
