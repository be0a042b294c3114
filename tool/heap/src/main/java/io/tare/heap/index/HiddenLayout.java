package io.tare.heap.index;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What HotSpot adds to the layout of some of its own classes and no dump shows.
 *
 * @param numberBytes bytes of the numbers it adds
 * @param references how many references it adds
 * @param padded whether all fields of the class stand between two paddings, apart from those of others
 * @param paddedFields fields that stand together between two paddings
 */
record HiddenLayout(List<Integer> numberBytes, int references, boolean padded, Set<String> paddedFields) {
  /** Behind its fields the VM stores a piece of a virtual thread's stack: see {@link Layout#withStack}. */
  static final String STACK_CHUNK = "jdk.internal.vm.StackChunk";

  private static final String RESOLVED_METHOD = "java.lang.invoke.ResolvedMethodName";
  private static final String CALL_SITE = "java.lang.invoke.CallSite";
  private static final HiddenLayout NOTHING = new HiddenLayout(List.of(), 0, false, Set.of());

  HiddenLayout {
    numberBytes = List.copyOf(numberBytes);
    paddedFields = Set.copyOf(paddedFields);
  }

  /**
   * For the class with this name.
   *
   * @param own its fields, if {@link #asksForFields}
   * @param virtualThreads whether the VM has virtual threads, JDK 21 and later
   */
  static HiddenLayout of(String className, Set<String> own, boolean virtualThreads) {
    return switch (className) {
      case "java.lang.ClassLoader", "java.lang.Module", "java.lang.invoke.MemberName" -> numbers(8);
      // Later JDKs have the class that holds the method as a field of the language.
      case RESOLVED_METHOD -> new HiddenLayout(List.of(8), own.contains("vmholder") ? 0 : 1, false, Set.of());
      case "java.lang.invoke.MethodHandleNatives$CallSiteContext" -> numbers(8, 8);
      // Compiled code that depends on it, which JDKs before had in a context of its own.
      case CALL_SITE -> own.contains("context") ? NOTHING : numbers(8, 8);
      case "java.lang.String" -> numbers(1);
      case "java.lang.StackFrameInfo" -> numbers(2);
      case "java.lang.Class" -> ofClass(own);
      // Set while an access to memory is made that may fail.
      case "java.lang.InternalError" -> numbers(1);
      // The tool interface's state and its counter, the recorder's epoch, a flag.
      case "java.lang.Thread" -> virtualThreads
          ? numbers(8, 4, 2, 1)
          : padded(Set.of("threadLocalRandomSeed", "threadLocalRandomProbe", "threadLocalRandomSecondarySeed"));
      // Since JDK 24 the one that waits for a monitor.
      case "java.lang.VirtualThread" -> own.contains("onWaitingList") ? numbers(8) : NOTHING;
      // The continuation, where to go on, the deepest thaw, flags.
      case STACK_CHUNK -> new HiddenLayout(List.of(8, 4, 1), 1, false, Set.of());
      case "java.util.concurrent.atomic.Striped64$Cell",
          "java.util.concurrent.ConcurrentHashMap$CounterCell",
          "java.util.concurrent.Exchanger$Node",
          "java.util.concurrent.Exchanger$Slot" ->
        new HiddenLayout(List.of(), 0, true, Set.of());
      case "java.util.concurrent.SubmissionPublisher$BufferedSubscription" ->
        new HiddenLayout(List.of(), 0, true, Set.of("demand", "waiting"));
      case "java.util.concurrent.ForkJoinPool" -> padded(virtualThreads
          ? Set.of("ctl", "parallelism")
          : Set.of("ctl"));
      case "java.util.concurrent.ForkJoinPool$WorkQueue" -> padded(ofWorkQueue(own));
      default -> NOTHING;
    };
  }

  /** Whether what is hidden in this class depends on the fields that it shows. */
  static boolean asksForFields(String className) {
    return switch (className) {
      case "java.lang.Class", "java.lang.VirtualThread", RESOLVED_METHOD, CALL_SITE,
          "java.util.concurrent.ForkJoinPool$WorkQueue" ->
        true;
      default -> false;
    };
  }

  /** The class's own structures, sizes, and what later JDKs have as fields of the language. */
  private static HiddenLayout ofClass(Set<String> own) {
    return new HiddenLayout(List.of(8, 8, 4, 4), own.contains("protectionDomain") ? 2 : 3, false, Set.of());
  }

  /** JDK 17 pads three, JDK 21 two more, JDK 25 three more. */
  private static Set<String> ofWorkQueue(Set<String> own) {
    Set<String> together = new HashSet<>(Set.of("top", "source", "nsteals"));
    if (own.contains("access")) {
      together.addAll(Set.of("access", "phase"));
    }
    if (own.contains("parking")) {
      together.addAll(Set.of("phase", "stackPred", "parking"));
    }
    return together;
  }

  private static HiddenLayout numbers(Integer... bytes) {
    return new HiddenLayout(List.of(bytes), 0, false, Set.of());
  }

  private static HiddenLayout padded(Set<String> fields) {
    return new HiddenLayout(List.of(), 0, false, fields);
  }
}
