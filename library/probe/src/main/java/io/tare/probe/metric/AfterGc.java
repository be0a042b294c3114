package io.tare.probe.metric;

/** Whether a metric must come back to where it was, once the work is done and a GC ran. */
public enum AfterGc {
  MUST_RETURN("must come back"),
  MAY_STAY("may stay"),
  NEVER_RETURNS(
      "never: it only counts up"),
  UNRELATED("a GC does not move it");

  private final String words;

  AfterGc(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
