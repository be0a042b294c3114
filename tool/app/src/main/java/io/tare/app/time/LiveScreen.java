package io.tare.app.time;

import io.tare.app.cli.Console;
import io.tare.app.cli.Printer;
import io.tare.app.cli.Printer.Control;
import io.tare.capture.kernel.TerminalMode;
import io.tare.history.live.MarkFile;
import io.tare.history.live.Recorder;
import io.tare.model.history.WatchView;
import io.tare.report.live.WatchScreen;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A terminal that is taken over for a while: drawn anew each round, keys obeyed, and left as it was found. */
final class LiveScreen implements AutoCloseable {
  private static final TerminalMode.Size USUAL = new TerminalMode.Size(40, 100);

  private final Console console;
  private final TextOptions text;
  private final OptionalInt width;
  private final Optional<TerminalMode> mode;
  private int marks;

  private LiveScreen(Console console, TextOptions text, OptionalInt width, Optional<TerminalMode> mode) {
    this.console = console;
    this.text = text;
    this.width = width;
    this.mode = mode;
  }

  static LiveScreen enter(Console console, TextOptions text, OptionalInt width) throws IOException {
    LiveScreen screen = new LiveScreen(console, text, width, TerminalMode.singleKeys());
    console.out().control(Control.ENTER_SCREEN);
    return screen;
  }

  /** Obeys keys from now on, in a thread of its own. */
  void listen(Recorder recorder) {
    if (mode.isEmpty()) {
      return;
    }
    Thread keys = new Thread(() -> {
      try {
        for (int key = System.in.read(); key >= 0; key = System.in.read()) {
          obey(key, recorder);
        }
      } catch (IOException closed) {
        recorder.stop();
      }
    }, "keys");
    keys.setDaemon(true);
    keys.start();
  }

  private void obey(int key, Recorder recorder) {
    switch (key) {
      case 'q', 'Q', 4 -> recorder.stop();
      case 'l' -> recorder.askForLedger();
      case 'm' -> recorder.mark(MarkFile.now("MARK " + ++marks, OptionalLong.empty()));
      default -> {
        // Other keys mean nothing here.
      }
    }
  }

  void draw(List<WatchView> views) {
    TerminalMode.Size size = size();
    TextOptions fitting = new TextOptions(width.orElse(size.columns()), text.colour(), text.unicode(), false, false,
        text.units());
    Printer out = console.out();
    out.control(Control.HOME);
    int lines = 0;
    for (WatchView view : views) {
      for (String line : WatchScreen.render(view, fitting, size.lines() / views.size()).split("\n")) {
        if (++lines <= size.lines()) {
          if (lines > 1) {
            out.control(Control.LINE_START);
            out.println();
          }
          out.printPage(line);
          out.control(Control.CLEAR_LINE);
        }
      }
    }
    out.control(Control.CLEAR_BELOW);
    out.flush();
  }

  private static TerminalMode.Size size() {
    try {
      return TerminalMode.size().orElse(USUAL);
    } catch (IOException unknown) {
      return USUAL;
    }
  }

  @Override
  public void close() throws IOException {
    console.out().control(Control.LEAVE_SCREEN);
    console.out().flush();
    if (mode.isPresent()) {
      mode.get().close();
    }
  }
}
