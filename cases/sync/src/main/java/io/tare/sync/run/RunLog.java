package io.tare.sync.run;

/** Hears what a run does, in order: each phase, each file of the transfer, the result. */
public interface RunLog {
  RunLog NONE = new RunLog() {
    @Override
    public void event(String name, Object... namesAndValues) {}

    @Override
    public void flush() {}
  };

  /** One thing that happened, with names and values in turn; values are texts and numbers. */
  void event(String name, Object... namesAndValues);

  /** What was said so far is to be kept now. */
  void flush();
}
