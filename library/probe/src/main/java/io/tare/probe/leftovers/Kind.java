package io.tare.probe.leftovers;

/** What a piece of work can leave behind, beside plain objects. */
public enum Kind {
  THREAD("threads"),
  TIMER("timers"),
  EXECUTOR("executors"),
  CLASS_LOADER("class loaders"),
  THREAD_LOCAL(
      "thread-local values"),
  DIRECT_BUFFER(
      "direct buffers"),
  MAPPED_BUFFER(
      "mapped buffers"),
  FILE("open files"),
  MBEAN("JMX beans"),
  SHUTDOWN_HOOK("shutdown hooks");

  private final String plural;

  Kind(String plural) {
    this.plural = plural;
  }

  public String plural() {
    return plural;
  }
}
