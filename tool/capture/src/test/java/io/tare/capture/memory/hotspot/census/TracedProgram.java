package io.tare.capture.memory.hotspot.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.formats.Parsed;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;

/** A program of which it is known what lives: in its old generation and its young, on stacks of threads, in threads that are none. */
final class TracedProgram {
  static final int KEPT = 40_000;
  static final int LOCAL = 30_000;
  static final int DROPPED = 90_000;
  static final int WINDOW = 20_000;
  static final int VIRTUAL = 4_000;
  private static final String SOURCE = """
      import java.lang.ref.*;
      import java.util.*;
      public class Traced {
        static final class Kept { long a; Object next; }
        static final class OnStack { long a; Object c; }
        static final class Dropped { long a, b, c; Object next; }
        static final class Weakly { long a; }
        static final class Softly { long a; }
        static final class OfThread { long a; }
        static final class Chained { byte[] a = new byte[80]; Chained next; }
        static Object kept;
        static Object dropped;
        static Chained tail;
        static final List<Reference<?>> references = new ArrayList<>();
        static final ThreadLocal<Object> local = new ThreadLocal<>();
        static volatile Object sink;
        static final Map<String, byte[]> growing = new HashMap<>();
        static final class OfVirtual { long a; }
        static Thread virtual;

        static Object list(int count, java.util.function.Supplier<Object> maker) {
          LinkedList<Object> list = new LinkedList<>();
          for (int i = 0; i < count; i++) {
            list.add(maker.get());
          }
          return list;
        }

        public static void main(String[] arguments) throws Exception {
          kept = list(%1$d, Kept::new);
          Object[] onStack = new Object[%2$d];
          for (int i = 0; i < onStack.length; i++) {
            onStack[i] = new OnStack();
          }
          dropped = list(%3$d, Dropped::new);
          for (int i = 0; i < 1_000; i++) {
            references.add(new WeakReference<>(new Weakly()));
          }
          Object[] ofThread = new Object[5_000];
          for (int i = 0; i < ofThread.length; i++) {
            ofThread[i] = new OfThread();
          }
          local.set(ofThread);
          Map<Integer, String> map = new HashMap<>();
          for (int i = 0; i < 50_000; i++) {
            map.put(i, "value " + i);
          }
          // Since JDK 21 only: it is compiled for 17.
          try {
            virtual = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class)
                .invoke(null, (Runnable) Traced::virtually);
            while (virtual.getState() != Thread.State.WAITING) {
              Thread.sleep(1);
            }
          } catch (NoSuchMethodException older) {
            virtual = null;
          }
          System.gc();
          System.gc();
          dropped = null;
          Object[] pins = new Object[1_000];
          for (int i = 0; i < 1_000; i++) {
            pins[i] = new Softly();
            references.add(new WeakReference<>(pins[i]));
          }
          ofThread = null;
          if (arguments[0].equals("idle")) {
            System.out.println("ready");
            Thread.sleep(120_000);
          } else {
            busy(arguments[0], map);
          }
          System.out.println(map.size() + onStack.length + pins.length);
        }

        static void virtually() {
          Object[] ofVirtual = new Object[%5$d];
          for (int i = 0; i < ofVirtual.length; i++) {
            ofVirtual[i] = new OfVirtual();
          }
          java.util.concurrent.locks.LockSupport.park();
          System.out.println(ofVirtual.length);
        }

        /** What lives for some seconds and is then dropped: it is promoted meanwhile, and garbage of the old generation after that. */
        static void busy(String what, Map<Integer, String> map) throws Exception {
          ArrayDeque<Chained> window = new ArrayDeque<>();
          long began = System.nanoTime();
          System.out.println("ready");
          boolean full = false;
          for (int round = 0; System.nanoTime() - began < 120_000_000_000L; round++) {
            for (int i = 0; i < 2_000; i++) {
              sink = new byte[500];
            }
            // Of a leak nothing else moves the old generation: half a window more or less in it hides some seconds of growth.
            for (int i = 0; i < 300 && !what.equals("leak"); i++) {
              Chained added = new Chained();
              window.add(added);
              // A dead one leads to all that came after it.
              if (tail != null) {
                tail.next = added;
              }
              tail = added;
              if (window.size() > %4$d) {
                sink = window.poll();
                if (!full) {
                  full = true;
                  System.out.println("full");
                }
              }
            }
            if (what.equals("leak")) {
              growing.put("key " + round, new byte[4_000]);
            }
            Thread.sleep(10);
          }
        }
      }
      """
      .formatted(KEPT, LOCAL, DROPPED, WINDOW, VIRTUAL);

  private final Path classes;

  /** Its classes go into that folder. */
  TracedProgram(Path classes) {
    this.classes = classes;
  }

  record Jvm(Jdk jdk, List<String> options) {
    @Override
    public String toString() {
      return jdk + " " + String.join(" ", options);
    }
  }

  Child start(Jvm jvm, String what) throws Exception {
    Path source = classes.resolve("Traced.java");
    if (!Files.exists(source)) {
      Files.writeString(source, SOURCE, StandardCharsets.UTF_8);
      assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-d", classes.toString(),
          source.toString())).isZero();
    }
    List<String> command = new ArrayList<>(List.of(jvm.jdk().home().resolve("bin/java").toString(), "-Xmx400m",
        // So much room that nothing collects the old generation while it is looked at.
        "-Xms400m", "-XX:InitiatingHeapOccupancyPercent=95", "-XX:-G1UseAdaptiveIHOP", "-Xmn12m",
        "-XX:MaxTenuringThreshold=1", "-XX:+UnlockExperimentalVMOptions",
        "-XX:+IgnoreUnrecognizedVMOptions"));
    command.addAll(jvm.options());
    command.addAll(List.of("-cp", classes.toString(), "Traced", what));
    return Child.start(command).whenItSays("ready");
  }

  static void signal(String signal, Child child) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(child.pid())).start().waitFor();
  }

  static Parsed<Optional<TypeCensus>> trace(Child child) throws Exception {
    return trace(child, Duration.ofSeconds(30), memory -> memory);
  }

  /** As what stands between sees it. */
  static Parsed<Optional<TypeCensus>> trace(Child child, Duration time, UnaryOperator<ProcessMemory> between)
      throws Exception {
    Path proc = child.folder().path();
    Smaps smaps = Mappings.of(proc);
    try (LiveMemory memory = LiveMemory.open(proc, new ReadBudget(1L << 34, Duration.ofSeconds(32)));
        FileBackedMemory complete = new FileBackedMemory(between.apply(memory), new MappingIndex(smaps), proc)) {
      return HeapTrace.take(complete, smaps, proc, time);
    }
  }

  static Map<String, TypeCount> byName(TypeCensus census) {
    Map<String, TypeCount> types = new HashMap<>();
    census.types().forEach(type -> types.put(type.name(), type));
    return types;
  }

  static long objects(Map<String, TypeCount> types, String name) {
    return types.getOrDefault(name, new TypeCount(name, "", 0, 0)).objects();
  }
}
