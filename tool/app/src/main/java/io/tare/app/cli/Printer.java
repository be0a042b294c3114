package io.tare.app.cli;

import io.tare.report.look.Clean;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The only door to the terminal. Text is data: whatever a terminal would obey in it is shown as an escape. What a terminal is to obey comes
 * in by other methods: colours in the pages of renderers, and {@link Control}s, which no text can be.
 *
 * <p>The first failure is remembered, and nothing is written after it.
 */
public final class Printer {
  private final OutputStream stream;
  private final boolean isFlushedAtOnce;
  private Optional<IOException> failure = Optional.empty();

  /** What Tare itself has a terminal do. */
  public enum Control {
    ENTER_SCREEN("\u001b[?1049h\u001b[?25l"),
    LEAVE_SCREEN("\u001b[?25h\u001b[?1049l"),
    HOME("\u001b[H"),
    LINE_START(
        "\r"),
    CLEAR_LINE("\u001b[K"),
    CLEAR_BELOW("\u001b[J");

    private final String sequence;

    Control(String sequence) {
      this.sequence = sequence;
    }
  }

  Printer(OutputStream stream, boolean isFlushedAtOnce) {
    this.stream = stream;
    this.isFlushedAtOnce = isFlushedAtOnce;
  }

  public void print(String text) {
    write(Clean.lines(text));
  }

  public void println(String text) {
    write(Clean.lines(text) + "\n");
  }

  public void println() {
    write("\n");
  }

  /** Prints what a renderer has set, with its colours. */
  public void printPage(String page) {
    write(Clean.painted(page));
  }

  /** What is no text, for a file or a program behind a pipe. */
  public void bytes(byte[] content) {
    write(content);
  }

  public void control(Control control) {
    write(control.sequence);
  }

  /** Shows what is being done on the line where the terminal stands, in the place of what was shown there. */
  public void showStep(String step) {
    write(Control.LINE_START.sequence + Control.CLEAR_LINE.sequence + Clean.line(step));
  }

  /** Takes the step away again. */
  public void clearStep() {
    showStep("");
  }

  private void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void write(byte[] content) {
    if (failure.isPresent()) {
      return;
    }
    try {
      stream.write(content);
      if (isFlushedAtOnce) {
        stream.flush();
      }
    } catch (IOException gone) {
      failure = Optional.of(gone);
    }
  }

  public synchronized void flush() {
    if (failure.isPresent()) {
      return;
    }
    try {
      stream.flush();
    } catch (IOException gone) {
      failure = Optional.of(gone);
    }
  }

  /** Why nothing can be written any more: the reader has gone, the disk is full. Flushes first. */
  public synchronized Optional<IOException> failure() {
    flush();
    return failure;
  }
}
