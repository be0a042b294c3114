package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.index.FirstPass.ClassTally;
import io.tare.heap.index.FirstPass.Gathered;
import io.tare.heap.index.Neighbours.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What the VM takes for an instance of each class. The model of its layout says it; what lies in memory corrects the model only where it
 * can't be otherwise:
 *
 * <ul>
 * <li>less, where the next object begins before the model's end;
 * <li>more, where the file has its objects in the order of memory, several objects that follow one another in file and memory alike agree,
 * and so nothing was left out between them. In other dumps what is missing between two objects would count as theirs.
 * </ul>
 */
final class InstanceSizes {
  /** Padding is 128 bytes, of which an object's end may have had some already. */
  private static final int LEAST_PADDING = 112;
  private static final int MOST_PADDING = 1024;
  private static final int FEW = 3;

  private final Gathered gathered;
  private final Layout layout;
  private final Neighbours neighbours;
  private final LongFunction<String> className;
  private final LongFunction<String> fieldName;
  private final Map<Long, FieldPlaces> places = new HashMap<>();
  private final Map<String, Correction> corrections = new TreeMap<>();
  private final boolean virtualThreads;

  InstanceSizes(Gathered gathered, Layout layout, Neighbours neighbours, LongFunction<String> className,
      LongFunction<String> fieldName) {
    this.gathered = gathered;
    this.layout = layout;
    this.neighbours = neighbours;
    this.className = className;
    this.fieldName = fieldName;
    this.virtualThreads = gathered.classes().stream()
        .anyMatch(dump -> className.apply(dump.id()).equals("java.lang.BaseVirtualThread"));
  }

  /**
   * A class whose instances are of another size than the model says.
   *
   * @param exampleId an object that shows it
   */
  record Correction(String className, long modelledBytes, long measuredBytes, long exampleId) {
    /** {@code 2 classes are of another size than their fields say: app.Padded has 280 bytes, not 24 (0x7f3a01c0) …}; or nothing. */
    static String words(List<Correction> corrections) {
      if (corrections.isEmpty()) {
        return "";
      }
      int shown = 3;
      String examples = corrections.stream().limit(shown)
          .map(one -> String.format(Locale.ROOT, "%s has %,d bytes, not %,d, as 0x%x shows", one.className(),
              one.measuredBytes(), one.modelledBytes(), one.exampleId()))
          .collect(Collectors.joining("; "));
      String rest = corrections.size() > shown ? "; and " + (corrections.size() - shown) + " more" : "";
      return (corrections.size() == 1 ? "1 class is" : corrections.size() + " classes are")
          + " of another size than their fields say, measured by the distance to the next object: " + examples + rest;
    }
  }

  /** What was measured to be of another size, by name. */
  List<Correction> corrections() {
    return List.copyOf(corrections.values());
  }

  /** The size by the class and its super-classes, itself first. */
  long bytes(List<ClassDump> chain) {
    return corrected(chain.getFirst().id(), layout.aligned(places(chain, 0).end()));
  }

  /** The size of an instance of a class that the dump does not describe. */
  long ofUnknown(long id) {
    ClassTally tally = gathered.tallies().get(id);
    long modelled = layout.aligned(layout.headerBytes() + (tally == null ? 0 : tally.valueBytes));
    return tally == null || tally.array ? layout.aligned(layout.headerBytes()) : corrected(id, modelled);
  }

  private FieldPlaces places(List<ClassDump> chain, int depth) {
    if (depth == chain.size()) {
      return new FieldPlaces(layout.headerBytes());
    }
    ClassDump dump = chain.get(depth);
    FieldPlaces known = places.get(dump.id());
    if (known == null) {
      known = new FieldPlaces(places(chain, depth + 1));
      place(dump, known);
      long modelled = layout.aligned(known.end());
      long measured = corrected(dump.id(), modelled);
      if (measured > modelled) {
        // Padding around fields, say: sub-classes start behind it.
        known.extendTo((int) measured);
      }
      places.put(dump.id(), known);
    }
    return known;
  }

  private void place(ClassDump dump, FieldPlaces into) {
    String name = className.apply(dump.id());
    Set<String> own = HiddenLayout.asksForFields(name)
        ? dump.fields().stream().map(field -> fieldName.apply(field.nameId())).collect(Collectors.toSet())
        : Set.of();
    HiddenLayout hidden = HiddenLayout.of(name, own, virtualThreads);
    List<ClassDump.Field> together = new ArrayList<>();
    List<ClassDump.Field> others = new ArrayList<>();
    for (ClassDump.Field field : dump.fields()) {
      boolean padded = !hidden.paddedFields().isEmpty()
          && hidden.paddedFields().contains(fieldName.apply(field.nameId()));
      (padded ? together : others).add(field);
    }
    List<Integer> numbers = numbers(others);
    numbers.addAll(hidden.numberBytes());
    if (hidden.padded()) {
      into.pad();
      into.append(numbers, references(others), layout.referenceBytes());
    } else {
      into.add(numbers, references(others) + hidden.references(), layout.referenceBytes());
    }
    if (!together.isEmpty()) {
      into.pad();
      into.append(numbers(together), references(together), layout.referenceBytes());
    }
    if (hidden.padded() || !together.isEmpty()) {
      into.pad();
    }
  }

  private List<Integer> numbers(List<ClassDump.Field> fields) {
    return fields.stream().filter(field -> field.type() != BasicType.OBJECT)
        .map(field -> layout.fieldBytes(field.type())).collect(Collectors.toCollection(ArrayList::new));
  }

  private static int references(List<ClassDump.Field> fields) {
    return (int) fields.stream().filter(field -> field.type() == BasicType.OBJECT).count();
  }

  private long corrected(long classId, long modelled) {
    ClassTally tally = gathered.tallies().get(classId);
    if (tally == null || tally.array || className.apply(classId).equals(HiddenLayout.STACK_CHUNK)) {
      return modelled;
    }
    long least = Math.min(tally.leastGap, tally.sample.least(neighbours));
    boolean possible = least != Neighbours.NONE && least % layout.alignmentBytes() == 0
        && least >= layout.aligned(layout.headerBytes());
    if (!possible || least == modelled || (least > modelled && !isLarger(tally.sample, least, least - modelled))) {
      return modelled;
    }
    String name = className.apply(classId);
    corrections.putIfAbsent(name, new Correction(name, modelled, least, example(tally, least)));
    return least;
  }

  /**
   * A little more may be what a few objects happen to have behind them: a filler, or garbage that was made together with each, which a collection has
   * left where it lay and the dump left out. Much more is padding of the class's own.
   */
  private boolean isLarger(Sample sample, long least, long more) {
    if (!gathered.steps().inOrder() || more > MOST_PADDING) {
      return false;
    }
    int agreeing = 0;
    for (int i = 0; i < sample.count(); i++) {
      long gap = neighbours.gap(sample.id(i), sample.gapInFile(i));
      agreeing += gap == least && sample.gapInFile(i) == least ? 1 : 0;
    }
    return agreeing >= (more < LEAST_PADDING ? Sample.MOST : FEW) && 2 * agreeing >= sample.count();
  }

  /** The lowest address of those that show it. */
  private long example(ClassTally tally, long least) {
    long lowest = tally.leastGap == least ? tally.leastGapId : Long.MAX_VALUE;
    for (int i = 0; i < tally.sample.count(); i++) {
      boolean shows = neighbours.gap(tally.sample.id(i), tally.sample.gapInFile(i)) == least;
      lowest = shows ? Math.min(lowest, tally.sample.id(i)) : lowest;
    }
    return lowest;
  }
}
