package io.tare.heap.redact;

import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline;
import io.tare.heap.index.Passes;
import java.util.HashSet;
import java.util.Set;

/**
 * Which texts of a dump are names: of classes, fields, methods, source files. A JVM writes its whole table of symbols, and the
 * literals of the program are in there too.
 */
final class UsedNames implements HeapVisitor {
  private final Set<Long> ids = new HashSet<>();

  private UsedNames() {}

  static Set<Long> of(Outline outline, Passes passes) {
    Set<Long> used = new HashSet<>(outline.classNames().values());
    outline.stacks().frames().values().forEach(frame -> {
      used.add(frame.methodNameId());
      used.add(frame.signatureId());
      used.add(frame.sourceNameId());
    });
    passes.walk(outline.segments(), UsedNames::new).forEach(part -> used.addAll(part.ids));
    return used;
  }

  @Override
  public void classDump(ClassDump dump) {
    dump.fields().forEach(field -> ids.add(field.nameId()));
    dump.statics().forEach(field -> ids.add(field.nameId()));
  }
}
