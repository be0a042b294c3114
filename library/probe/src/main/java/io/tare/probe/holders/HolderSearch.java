package io.tare.probe.holders;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.probe.Work;
import io.tare.probe.holders.Paths.Hold;
import io.tare.probe.holders.Paths.Step;
import io.tare.probe.jvm.FullGc;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Dumps the heap, lets the work run, dumps again, and tells by which paths each class grew. */
public final class HolderSearch {
  static final String NOT_SHOWN = "the JVM, a ClassValue or a field of a class (a heap dump doesn't show which)";
  private static final long LARGEST_HEAP_BYTES = 1L << 30;
  private static final long BYTES_NEEDED_PER_DUMPED_BYTE = 2;

  /** By how much something grew. */
  public record Net(long objects, long bytes) {
    Net plus(Net other) {
      return new Net(objects + other.objects, bytes + other.bytes);
    }
  }

  /**
   * A path at whose end objects of a class grew: in words, all that is on it (classes, and fields as {@code Class.field}), by how
   * much, what was there before, whether only softly held, and whether what holds them grew as well, so that it is rather their holder
   * that leaks.
   */
  public record Holder(String path, Set<String> onThePath, Net grown, Net before, boolean isSoft, boolean isInside) {}

  /** The holders of each class, most grown first, and by how much the class grew in all; or why there are none. */
  public record Found(Map<String, List<Holder>> byClass, Map<String, Net> net, String whyNot, List<Path> dumps) {
    public Found {
      byClass = Map.copyOf(byClass);
      net = Map.copyOf(net);
      dumps = List.copyOf(dumps);
    }

    static Found nothing(String whyNot) {
      return new Found(Map.of(), Map.of(), whyNot, List.of());
    }

    /** The holders of a class of a histogram. */
    public List<Holder> of(String className) {
      return byClass.getOrDefault(Walk.plain(className), List.of());
    }

    /** By how much a class of a histogram grew between the dumps. */
    public Net netOf(String className) {
      return net.getOrDefault(Walk.plain(className), new Net(0, 0));
    }
  }

  private HolderSearch() {}

  /** Runs the work between two dumps. The classes are named as in a histogram; {@code keep} leaves the second dump where it is. */
  public static <X extends Exception> Found around(Work<X> work, List<String> classes, boolean keep) throws X {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    long free = runtime.maxMemory() - used;
    if (used > LARGEST_HEAP_BYTES || free < used / BYTES_NEEDED_PER_DUMPED_BYTE) {
      return Found.nothing("the heap of " + (used >> 20)
          + " MB is too full or too large to be dumped and walked here; dump it with jcmd "
          + ProcessHandle.current().pid() + " GC.heap_dump FILE.hprof and ask tare heap FILE.hprof --class NAME");
    }
    try {
      Path folder = Files.createTempDirectory("tare-holders");
      try {
        return compare(folder, work, classes, keep);
      } finally {
        Files.deleteIfExists(folder.resolve("before.hprof"));
        if (!keep) {
          Files.deleteIfExists(folder.resolve("after.hprof"));
          Files.deleteIfExists(folder);
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Found.nothing("no heap dump could be written or read: " + e.getMessage());
    }
  }

  private static <X extends Exception> Found compare(Path folder, Work<X> work, List<String> classes, boolean keep)
      throws X, IOException {
    Paths paths = new Paths();
    Path before = folder.resolve("before.hprof");
    Path after = folder.resolve("after.hprof");
    dump(before);
    work.run();
    dump(after);
    Paths.Counts first = Walk.count(Dump.read(before), paths);
    Paths.Counts second = Walk.count(Dump.read(after), paths);
    Set<String> wanted = classes.stream().map(Walk::plain).collect(Collectors.toUnmodifiableSet());
    return new Growing(paths, first, second).found(wanted, keep ? List.of(after) : List.of());
  }

  private static void dump(Path file) throws IOException {
    HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (diagnostics == null) {
      throw new IOException("this JVM writes none");
    }
    FullGc.beforeAsking();
    diagnostics.dumpHeap(file.toAbsolutePath().toString(), true);
  }

  /** What grew between two walks, path by path. */
  private record Growing(Paths paths, Paths.Counts first, Paths.Counts second) {
    private static final double NEARLY_ALL = 0.9;
    private static final double MOST_OF_THEM = 0.5;

    long objects(int path) {
      return second.objects(path) - first.objects(path);
    }

    long bytes(int path) {
      return second.bytes(path) - first.bytes(path);
    }

    /** Where the growth that this path is part of begins: what is held by something that does not grow itself. */
    int head(int path) {
      int at = path;
      while (paths.step(at).from() != Paths.NONE && objects(paths.step(at).from()) > 0) {
        at = paths.step(at).from();
      }
      return at;
    }

    /**
     * Growth that consists of soft references, one in each: the entries of a cache that the JVM may empty. Some of the newest a cache
     * may have noted elsewhere, where they are found first, until it tidies up.
     */
    Set<Integer> headsOfSoftEntries() {
      Map<String, Long> grown = new HashMap<>();
      for (int path = 1; path < paths.size(); path++) {
        if (isMoreSoftReferences(path)) {
          grown.merge(paths.step(path).className(), objects(path), Long::sum);
        }
      }
      Set<Integer> heads = new HashSet<>();
      for (int path = 1; path < paths.size(); path++) {
        long entries = objects(head(path));
        if (isMoreSoftReferences(path) && objects(path) >= entries * MOST_OF_THEM
            && grown.getOrDefault(paths.step(path).className(), 0L) >= entries * NEARLY_ALL) {
          heads.add(head(path));
        }
      }
      return heads;
    }

    private boolean isMoreSoftReferences(int path) {
      return objects(path) > 0 && paths.isSoftReference(paths.step(path).className());
    }

    Found found(Set<String> wanted, List<Path> dumps) {
      Map<String, List<Holder>> byClass = new HashMap<>();
      Map<String, Net> net = new HashMap<>();
      Set<Integer> softEntries = headsOfSoftEntries();
      for (int path = 1; path < paths.size(); path++) {
        Step step = paths.step(path);
        if (wanted.contains(step.className())) {
          net.merge(step.className(), new Net(objects(path), bytes(path)), Net::plus);
          if (objects(path) > 0 || bytes(path) > 0) {
            int head = head(path);
            boolean soft = step.hold() == Hold.SOFT || softEntries.contains(head);
            byClass.computeIfAbsent(step.className(), name -> new ArrayList<>()).add(
                new Holder(paths.inWords(path), onThePath(paths, path), new Net(objects(path), bytes(path)),
                    new Net(first.objects(path), first.bytes(path)), soft, head != path));
          }
        }
      }
      byClass.values().forEach(holders -> holders.sort(Comparator
          .comparingLong((Holder holder) -> holder.grown().objects())
          .thenComparingLong(holder -> holder.grown().bytes()).reversed()));
      return new Found(byClass, net, "", dumps);
    }
  }

  private static Set<String> onThePath(Paths paths, int path) {
    Set<String> names = new HashSet<>();
    String owner = "";
    for (Step step : paths.fromRoot(path)) {
      names.add(step.className());
      names
          .add(step.by().startsWith(Walk.STATIC) ? step.by().substring(Walk.STATIC.length()) : owner + "." + step.by());
      owner = step.className();
    }
    return names;
  }
}
