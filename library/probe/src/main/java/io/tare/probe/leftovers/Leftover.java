package io.tare.probe.leftovers;

/** Something that is there after all rounds and was not before: its kind, its name, and how many of them. */
public record Leftover(Kind kind, String name, long count) {
  @Override
  public String toString() {
    return kind.plural() + ": " + name + (count == 1 ? "" : " (" + count + " times)");
  }
}
