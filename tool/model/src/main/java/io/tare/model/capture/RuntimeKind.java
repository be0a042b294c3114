package io.tare.model.capture;

/** The kind of runtime that a process carries, as far as its mappings tell. */
public enum RuntimeKind {
  HOTSPOT("HotSpot JVM"), GO("Go"), CPYTHON("CPython"), NATIVE("native"), UNKNOWN("unknown");

  private final String words;

  RuntimeKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
