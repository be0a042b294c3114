package io.tare.formats.jvm;

/** Understands some lines of a JVM's text, and remembers what it needs between them. */
interface Lines {
  /** Takes what the line says; false when the line is not of this sort. */
  boolean accept(String line, LayoutBuilder layout);
}
