package io.tare.probe.marks;

/** A program that marks once and says where its file is, or why there is none. */
public final class MarkOnce {
  private MarkOnce() {}

  public static void main(String[] arguments) {
    Marks.at("ONCE", 1);
    System.out.println(Marks.file().map(file -> "file " + file).or(Marks::problem).orElse("neither"));
  }
}
