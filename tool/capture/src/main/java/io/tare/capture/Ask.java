package io.tare.capture;

/**
 * A way in which the target is asked to cooperate. Each states what it costs the target before it is done; what it did cost
 * stands in the note of the answers.
 */
public enum Ask {
  BASIC("basic",
      "the first contact takes 20 to 65 ms and leaves 140 to 200 KB and one thread in the target; the questions"
          + " themselves less than 1 ms each and nothing"), GC("gc",
              "a full collection: all threads stop, some 1 to 2 s for each GB of live heap; the heap may give memory back"), HISTOGRAM(
                  "histogram",
                  "a heap walk: all threads stop, some 100 to 300 ms for each GB of heap; no collection"), NMT("nmt",
                      "native memory tracking in detail: 4 to 5 MB stay in the target; nothing where tracking is off"), METASPACE(
                          "metaspace",
                          "the list of metaspace nodes: all threads stop for 1 to 32 ms"), VM_INFO("vm-info",
                              "the JVM's description of itself: 6 to 40 ms; 4 to 5 MB stay in the target"), SYSTEM_MAP(
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
}
