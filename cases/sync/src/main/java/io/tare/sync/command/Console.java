package io.tare.sync.command;

import java.io.PrintStream;

/** Where results and complaints go. */
public record Console(PrintStream out, PrintStream err) {
  /** For programs that read along: what is printed is there at once. */
  void line(String text) {
    out.println(text);
    out.flush();
  }
}
