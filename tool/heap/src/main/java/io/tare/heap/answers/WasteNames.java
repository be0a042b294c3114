package io.tare.heap.answers;

import io.tare.heap.waste.Waste;
import java.util.Optional;

/** Reads from the dump what the search for waste wants to be named. */
final class WasteNames implements Waste.Names {
  private static final String STATIC = "static ";

  private final HeapView view;
  private final ReferenceNames references;

  WasteNames(HeapView view) {
    this.view = view;
    this.references = new ReferenceNames(view.reader(), view.graph().index().outline().names());
  }

  @Override
  public String text(int array) {
    return view.reader().arrayText(view.address(array)).orElse("");
  }

  @Override
  public String field(int from, int to) {
    Optional<ObjectRecord> record = view.reader().find(view.address(from));
    String reference = record.map(known -> references.of(known, view.address(to))).orElse("");
    return switch (record.orElse(null)) {
      case ObjectRecord.Mirror mirror when reference.startsWith(STATIC) -> mirror.described().name() + "."
          + reference.substring(STATIC.length());
      case ObjectRecord.Instance instance when !reference.isEmpty() -> instance.heapClass().name() + "." + reference;
      case null, default -> "";
    };
  }
}
