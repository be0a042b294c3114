package io.tare.probe.holders;

import io.tare.probe.holders.Dump.Field;
import io.tare.probe.holders.Dump.Root;
import io.tare.probe.holders.Dump.Static;
import io.tare.probe.holders.Paths.Hold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks a dump breadth first from its roots and counts what lies at the end of each path: first over references that hold, then on
 * over soft ones. Static fields of classes that never go come first, then threads, then stacks; what only the JDK's own code on
 * a stack holds comes last, for it seldom explains anything.
 */
final class Walk {
  static final String STATIC = "static ";
  private static final String THREAD_LOCAL_ENTRY = "java.lang.ThreadLocal$ThreadLocalMap$Entry";
  /** Other classes of the JDK hold its cleaner in fields of their own. */
  private static final String NAMED_FIRST = "jdk.internal.ref.CleanerFactory";
  private static final int STICKY_CLASS = 0x05;
  private static final int THREAD = 0x08;
  private static final int JNI_LOCAL = 0x02;
  private static final int JAVA_FRAME = 0x03;

  private final Dump dump;
  private final Paths paths;
  private Paths.Counts counts = new Paths.Counts();
  private final int[] pathOf;
  private final int[] queue;
  private final Map<Integer, String> namesOfStatics = new HashMap<>();
  private final List<int[]> softTargets = new ArrayList<>();
  private int last;

  private Walk(Dump dump, Paths paths) {
    this.dump = dump;
    this.paths = paths;
    this.pathOf = new int[dump.objects()];
    this.queue = new int[dump.objects()];
  }

  static Paths.Counts count(Dump dump, Paths paths) {
    Walk walk = new Walk(dump, paths);
    walk.startAtStatics();
    walk.startAtRoots(false);
    walk.walk(0);
    int first = walk.last;
    walk.startAtRoots(true);
    walk.walk(first);
    walk.walkOnSoftly();
    walk.leaveOutEndedThreads();
    walk.countTheRest();
    return walk.counts;
  }

  private void startAtStatics() {
    for (Dump.Type type : inTheSameOrderEachTime(dump.types())) {
      boolean neverGoes = neverGoes(type);
      for (Static field : type.statics()) {
        String name = STATIC + plain(type.name()) + "." + field.name();
        int target = dump.numberOf(field.targetId());
        if (target >= 0) {
          namesOfStatics.putIfAbsent(target, name);
        }
        if (target >= 0 && neverGoes) {
          visit(target, NO_PATH, name);
        }
      }
    }
  }

  /** What several fields hold is named by the first of them, in the dump before and in the one after. */
  private static List<Dump.Type> inTheSameOrderEachTime(Collection<Dump.Type> types) {
    return types.stream().sorted(Comparator.comparing((Dump.Type type) -> !type.name().equals(NAMED_FIRST))
        .thenComparing(Dump.Type::name)).toList();
  }

  /** Of the boot loader, or of the loaders that the JVM starts with. */
  private boolean neverGoes(Dump.Type type) {
    int loader = dump.numberOf(type.loaderId());
    return loader < 0 ? type.loaderId() == 0 : dump.className(loader).startsWith("jdk.internal.loader.ClassLoaders$");
  }

  /** Threads, then what the program's own code holds; {@code ofTheJdk}: what the JDK's code on some stack holds at this moment. */
  private void startAtRoots(boolean ofTheJdk) {
    for (boolean isFirst : new boolean[] {true, false}) {
      for (Root root : dump.roots()) {
        int object = dump.numberOf(root.id());
        boolean isThread = root.kind() == THREAD;
        if (object >= 0 && root.kind() != STICKY_CLASS && isThread == isFirst && isOfTheJdk(root) == ofTheJdk) {
          visit(object, NO_PATH, name(root));
        }
      }
    }
  }

  private boolean isOfTheJdk(Root root) {
    String method = root.kind() == JAVA_FRAME || root.kind() == JNI_LOCAL
        ? dump.method(root.thread(), root.frame())
        : "";
    return method.startsWith("java.") || method.startsWith("jdk.") || method.startsWith("sun.");
  }

  private String name(Root root) {
    int thread = dump.numberOf(dump.threadId(root.thread()));
    String threadName = thread < 0 ? "" : "thread \"" + dump.threadName(thread).replaceAll("\\d+", "*") + "\"";
    String method = root.kind() == JAVA_FRAME ? plain(dump.method(root.thread(), root.frame())) : "";
    return root.kind() == THREAD
        ? threadName
        : method.isEmpty() || isOfTheGuard(method)
            ? root.kind() == 0x01
                ? "JNI global reference"
                : threadName.isEmpty() ? "a root of the JVM" : "local variable of " + threadName
            : "local variable of " + method + " in " + threadName;
  }

  private static boolean isOfTheGuard(String method) {
    return method.startsWith("io.tare.probe.") || method.startsWith("io.tare.junit.") || method.startsWith("java.")
        || method.startsWith("jdk.") || method.startsWith("org.junit.");
  }

  private static final int NO_PATH = -1;

  private void visit(int object, int from, String by) {
    if (pathOf[object] != Paths.NONE) {
      return;
    }
    String className = plain(dump.className(object));
    int path = from == NO_PATH ? paths.root(by, className, Hold.STRONG) : paths.next(from, by, className);
    arrive(object, path);
  }

  private void arrive(int object, int path) {
    pathOf[object] = path;
    counts.add(path, dump.bytesOf(object));
    queue[last++] = object;
  }

  private void walk(int first) {
    for (int at = first; at < last; at++) {
      int object = queue[at];
      Dump.Type instanceOf = dump.typeOf(object);
      if (instanceOf != null) {
        followFields(object, instanceOf);
      } else {
        followOthers(object);
      }
    }
  }

  private void followFields(int object, Dump.Type type) {
    boolean isReference = dump.isA(type, "java.lang.ref.Reference");
    boolean isThreadLocal = type.name().equals(THREAD_LOCAL_ENTRY);
    for (Field field : dump.fields(type)) {
      int target = dump.numberOf(dump.reference(object, field));
      if (target < 0) {
        continue;
      }
      if (isReference && field.name().equals("referent")) {
        if (dump.isA(type, "java.lang.ref.SoftReference")) {
          paths.addSoftReference(plain(type.name()));
          softTargets.add(new int[] {target, pathOf[object]});
        }
      } else if (!isReference || !field.name().equals("discovered")) {
        visit(target, pathOf[object], isThreadLocal ? threadLocal(object) : field.name());
      }
    }
  }

  private String threadLocal(int entry) {
    int key = dump.numberOf(dump.reference(entry, "referent"));
    String named = key < 0 ? null : namesOfStatics.get(key);
    return "ThreadLocal " + (named == null ? key < 0 ? "that is gone" : plain(dump.className(key)) : named);
  }

  private void followOthers(int object) {
    Dump.Type asType = dump.asType(object);
    if (asType != null) {
      for (Static field : asType.statics()) {
        int target = dump.numberOf(field.targetId());
        if (target >= 0) {
          visit(target, pathOf[object], STATIC + plain(asType.name()) + "." + field.name());
        }
      }
      int loader = dump.numberOf(asType.loaderId());
      if (loader >= 0) {
        visit(loader, pathOf[object], "class loader");
      }
      return;
    }
    long[] elements = dump.elements(object);
    for (int i = 0; elements != null && i < elements.length; i++) {
      int target = dump.numberOf(elements[i]);
      if (target >= 0) {
        visit(target, pathOf[object], "[]");
      }
    }
  }

  private void walkOnSoftly() {
    for (int i = 0; i < softTargets.size(); i++) {
      int[] target = softTargets.get(i);
      if (pathOf[target[0]] == Paths.NONE) {
        int first = last;
        arrive(target[0], paths.softly(target[1], plain(dump.className(target[0]))));
        walk(first);
      }
    }
  }

  /**
   * A thread that runs is a root. One that nothing reaches has ended, and the JVM lets go of it, and of all that it held, when another
   * of its own threads has had its turn: on a busy machine, after the dump.
   */
  private void leaveOutEndedThreads() {
    Paths.Counts all = counts;
    counts = new Paths.Counts();
    int first = last;
    for (int object = 0; object < pathOf.length; object++) {
      if (pathOf[object] == Paths.NONE && isPlatformThread(object)) {
        visit(object, NO_PATH, "a thread that has ended");
      }
    }
    walk(first);
    walkOnSoftly();
    counts = all;
  }

  private boolean isPlatformThread(int object) {
    Dump.Type type = dump.typeOf(object);
    return type != null && dump.isA(type, "java.lang.Thread") && !dump.isA(type, "java.lang.BaseVirtualThread");
  }

  /** Held by a ClassValue, by a field of a class, or by the JVM: a dump does not show what refers to these. */
  private void countTheRest() {
    for (int object = 0; object < pathOf.length; object++) {
      if (pathOf[object] == Paths.NONE && dump.asType(object) == null) {
        counts.add(paths.root(HolderSearch.NOT_SHOWN, plain(dump.className(object)), Hold.STRONG),
            dump.bytesOf(object));
      }
    }
  }

  /** Names of lambdas and hidden classes end in an address, which is another one each time. */
  static String plain(String className) {
    int lambda = className.indexOf("$$Lambda");
    int hidden = className.indexOf(".0x");
    int address = hidden < 0 ? className.indexOf("/0x") : hidden;
    return lambda >= 0
        ? className.substring(0, lambda) + "$$Lambda"
        : address >= 0 ? className.substring(0, address) : className;
  }
}
