package io.tare.heap.graph;

import io.tare.heap.hprof.Root;
import io.tare.heap.hprof.Root.Kind;
import io.tare.heap.index.DumpIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The roots by object number. What lies on a thread's stack is held by the thread, so it stands with the thread and is no root
 * of its own.
 *
 * @param roots first root of every object that has one
 * @param locals what the stack of the thread with this object holds
 */
public record RootSet(Map<Integer, Root> roots, Map<Integer, List<Local>> locals, Map<Integer, Root> threads) {

  /** An object on a thread's stack, and why. */
  public record Local(int node, Root root) {}

  public static RootSet of(DumpIndex index) {
    Map<Integer, Integer> threadNodes = new HashMap<>();
    Map<Integer, Root> threads = new HashMap<>();
    for (Root root : index.roots()) {
      int node = index.objects().find(root.objectId());
      if (root.kind() == Kind.THREAD && node != 0) {
        threadNodes.put(root.threadSerial(), node);
        threads.put(node, root);
      }
    }
    Map<Integer, Root> roots = new HashMap<>();
    Map<Integer, List<Local>> locals = new HashMap<>();
    for (Root root : index.roots()) {
      int node = index.objects().find(root.objectId());
      Integer thread = onStack(root.kind()) ? threadNodes.get(root.threadSerial()) : null;
      if (node != 0 && thread != null) {
        locals.computeIfAbsent(thread, key -> new ArrayList<>()).add(new Local(node, root));
      } else if (node != 0) {
        roots.putIfAbsent(node, root);
      }
    }
    return new RootSet(roots, locals, threads);
  }

  private static boolean onStack(Kind kind) {
    return switch (kind) {
      case JNI_LOCAL, JAVA_FRAME, NATIVE_STACK, THREAD_BLOCK -> true;
      default -> false;
    };
  }

  /** The objects with a root, in the order of their numbers. */
  public int[] nodes() {
    return roots.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
