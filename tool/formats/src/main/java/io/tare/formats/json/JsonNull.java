package io.tare.formats.json;

/** The JSON value {@code null}, which is a value and not the lack of one. */
public enum JsonNull {
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
