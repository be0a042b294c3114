package io.tare.capture.attach;

import io.tare.model.capture.ArtifactNames;
import java.util.List;
import java.util.Set;

/**
 * A way in which the target is asked to cooperate. Each states what it costs the target before it is done; what it did cost
 * stands in the note of the answers.
 */
public enum Ask {
  BASIC("basic",
      "the first contact takes 20 to 65 ms and leaves 140 to 200 KB and one thread in the target; the questions"
          + " themselves less than 1 ms each and nothing"),
  GC("gc",
      "a full collection: all threads stop, some 1 to 2 s for each GB of live heap; the heap may give memory back"),
  HISTOGRAM(
      "histogram",
      "a heap walk: all threads stop, some 100 to 300 ms for each GB of heap; no collection"),
  NMT("nmt",
      "native memory tracking in detail: 4 to 5 MB stay in the target; nothing where tracking is off"),
  METASPACE(
      "metaspace",
      "the list of metaspace nodes: all threads stop for 1 to 32 ms"),
  VM_INFO("vm-info",
      "the JVM's description of itself: 6 to 40 ms; 4 to 5 MB stay in the target"),
  SYSTEM_MAP(
      "system-map",
      "all mappings with the JVM's labels (JDK 24 and later): some ms; 4 to 5 MB stay in the target");

  private final String word;
  private final String cost;

  Ask(String word, String cost) {
    this.word = word;
    this.cost = cost;
  }

  /** As the command line and a capture's {@code asked} name it. */
  public String word() {
    return word;
  }

  /** What it costs the target, in words. */
  public String cost() {
    return cost;
  }

  /** One diagnostic command, the artefact that its answer becomes, and the kind of asking that it belongs to. */
  public record Question(Ask ask, String artifact, String command) {
    /** All questions, in the order in which they are put. */
    public static final List<Question> ALL = List.of(new Question(Ask.GC, ArtifactNames.ASK_GC, "GC.run"),
        new Question(Ask.BASIC, ArtifactNames.ASK_VERSION, "VM.version"),
        new Question(Ask.BASIC, ArtifactNames.ASK_FLAGS, "VM.flags"),
        new Question(Ask.BASIC, ArtifactNames.ASK_HEAP_INFO, "GC.heap_info"),
        new Question(Ask.BASIC, ArtifactNames.ASK_CODECACHE, "Compiler.codecache"),
        new Question(Ask.BASIC, ArtifactNames.ASK_METASPACE, "VM.metaspace basic"),
        new Question(Ask.BASIC, ArtifactNames.ASK_NMT, "VM.native_memory summary"),
        new Question(Ask.METASPACE, ArtifactNames.ASK_METASPACE_LIST, "VM.metaspace vslist"),
        // One string: as two arguments the JVM drops -all and runs a full collection first.
        new Question(Ask.HISTOGRAM, ArtifactNames.ASK_HISTOGRAM, "GC.class_histogram -all"),
        new Question(Ask.NMT, ArtifactNames.ASK_NMT_DETAIL, "VM.native_memory detail"),
        new Question(Ask.SYSTEM_MAP, ArtifactNames.ASK_SYSTEM_MAP, "System.map"),
        new Question(Ask.VM_INFO, ArtifactNames.ASK_VM_INFO, "VM.info"));

    /** The questions of those kinds that are put after the mappings were read; any kind brings the basic ones along. */
    public static List<Question> afterwards(Set<Ask> asks) {
      return asks.isEmpty()
          ? List.of()
          : ALL.stream().filter(question -> question.ask() != Ask.GC)
              .filter(question -> question.ask() == Ask.BASIC || asks.contains(question.ask())).toList();
    }

    /** The questions that must come before the mappings are read, because they change them. */
    public static List<Question> beforehand(Set<Ask> asks) {
      return asks.contains(Ask.GC) ? ALL.stream().filter(question -> question.ask() == Ask.GC).toList() : List.of();
    }

    /** No honest answer is longer: a class takes some 100 bytes of a histogram, a mapping some 200 of a map. */
    int mostBytes() {
      return switch (ask) {
        case HISTOGRAM, SYSTEM_MAP, NMT, METASPACE -> 24 << 20;
        default -> 4 << 20;
      };
    }

    /** Whether the answer takes longer the larger the heap is. */
    boolean isSlow() {
      return ask == Ask.GC || ask == Ask.HISTOGRAM;
    }
  }
}
