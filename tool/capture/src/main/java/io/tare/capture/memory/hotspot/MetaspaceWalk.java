package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The nodes of metaspace. No table names them; an unstripped library names the list that they hang on, and a node proves itself
 * by telling its base and its size twice. Without that name the nodes are found by what the classes point to.
 */
final class MetaspaceWalk {
  private static final int MOST_NODES = 100_000;
  private static final int LIST_AT = 8;
  private static final int FIRST_NODE_AT = 16;
  private static final int BASE_AT = 8;
  private static final int SIZE_AT = 16;
  private static final int LAST_REPEAT_AT = 96;

  private MetaspaceWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    boolean classSpace = byList(vm, layout, SymbolNames.CLASS_METASPACE, Purpose.CLASS_SPACE, "class space");
    boolean nodes = byList(vm, layout, SymbolNames.NONCLASS_METASPACE, Purpose.METASPACE, "metaspace node");
    if (!classSpace || !nodes) {
      ClassesWalk.Pointers pointers = ClassesWalk.pointers(vm, layout);
      if (!classSpace) {
        ClassSpaceGuess.add(vm, layout, pointers);
      }
      if (!nodes) {
        NodeGuess.add(vm, layout, pointers);
      }
    }
  }

  private static boolean byList(Vm vm, Layout layout, String symbol, Purpose purpose, String name) {
    OptionalLong context = vm.symbols().address(symbol);
    try {
      if (context.isEmpty() || vm.word(context.getAsLong()) == 0) {
        return false;
      }
      long list = vm.word(vm.word(context.getAsLong()) + LIST_AT);
      long node = vm.word(list + FIRST_NODE_AT);
      Set<Long> seen = new HashSet<>();
      while (node != 0 && seen.add(node) && seen.size() < MOST_NODES) {
        long base = vm.word(node + BASE_AT);
        long bytes = vm.word(node + SIZE_AT);
        if (!provesItself(vm, node, base, bytes)) {
          return false;
        }
        layout.region(purpose, name, base, base + bytes);
        node = vm.word(node);
      }
      return !seen.isEmpty();
    } catch (Unreadable otherLayout) {
      return false;
    }
  }

  /** Further on, the node has its base once more, followed by its size in words. */
  private static boolean provesItself(Vm vm, long node, long base, long bytes) throws Unreadable {
    if (base <= 0 || bytes <= 0 || (base | bytes) % vm.memory().pageBytes() != 0) {
      return false;
    }
    for (int at = SIZE_AT + 8; at <= LAST_REPEAT_AT; at += 8) {
      if (vm.word(node + at) == base && vm.word(node + at + 8) == bytes / 8) {
        return true;
      }
    }
    return false;
  }
}
