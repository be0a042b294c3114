package io.tare.model.capture;

/** The kind of runtime that a process carries, as its libraries and its executable tell. */
public enum RuntimeKind {
  HOTSPOT("HotSpot JVM"),
  GO("Go"),
  CPYTHON("CPython"),
  OPENJ9("OpenJ9 JVM"),
  NATIVE_IMAGE("GraalVM native image"),
  V8(
      "Node.js (V8)"),
  RUBY("Ruby"),
  PHP("PHP"),
  BEAM("BEAM (Erlang)"),
  DOTNET(".NET"),
  MARIADB("MariaDB"),
  MYSQL("MySQL"),
  NATIVE("native"),
  UNKNOWN("unknown");

  private final String words;

  RuntimeKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
