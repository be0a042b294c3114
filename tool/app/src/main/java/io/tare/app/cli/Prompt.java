package io.tare.app.cli;

import io.tare.app.cli.Printer.Control;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks for lines at a terminal, which sends every key at once while a line is edited and is as before at all other times. */
public final class Prompt {
  private static final int MOST_CHOICES = 40;

  private final String words;
  private final EditedLine edited;
  private final Console console;
  private final Reader keys = new InputStreamReader(System.in, StandardCharsets.UTF_8);

  public Prompt(String words, EditedLine edited, Console console) {
    this.words = words;
    this.edited = edited;
    this.console = console;
  }

  /** The next line; null when the input has ended. */
  public @Nullable String next() throws IOException {
    edited.clear();
    String before = stty("-g");
    boolean isRaw = !before.equals("failed") && !stty("-icanon", "-echo", "-isig", "min", "1").equals("failed");
    try {
      return isRaw ? edit() : plain();
    } finally {
      if (isRaw) {
        stty(before);
      }
    }
  }

  private @Nullable String edit() throws IOException {
    show();
    for (int key = keys.read(); key >= 0; key = keys.read()) {
      switch (edited.key((char) key)) {
        case DONE -> {
          console.err().println();
          return edited.text();
        }
        case INPUT_ENDED -> {
          console.err().println();
          return null;
        }
        case GIVEN_UP -> {
          console.err().println();
          return "";
        }
        case CHOICES -> choices();
        case EDITING -> {
        }
      }
      show();
    }
    return null;
  }

  private @Nullable String plain() throws IOException {
    console.err().print(words);
    StringBuilder line = new StringBuilder();
    int key = keys.read();
    for (; key >= 0 && key != '\n'; key = keys.read()) {
      line.append((char) key);
    }
    return key < 0 && line.isEmpty() ? null : line.toString();
  }

  private void choices() {
    List<String> choices = edited.choices();
    console.err().println();
    choices.stream().limit(MOST_CHOICES).forEach(choice -> console.err().println("  " + choice));
    if (choices.size() > MOST_CHOICES) {
      console.err().println("  and " + (choices.size() - MOST_CHOICES) + " more");
    }
  }

  /** The part of a long line around the cursor. */
  private void show() {
    int room = Math.max(10, console.width() - words.length() - 1);
    int from = Math.max(0, edited.cursor() - room);
    String text = edited.text();
    String visible = text.substring(from, Math.min(text.length(), from + room));
    console.err().showStep(words + visible);
    console.err().control(Control.LINE_START);
    console.err().print(words + text.substring(from, edited.cursor()));
  }

  /** What the program prints that sets terminals; "failed" if it does not work. */
  private static String stty(String... words) {
    try {
      Process process = new ProcessBuilder(Stream
          .concat(Stream.of("stty"), Arrays.stream(words)).toList())
          .redirectInput(Redirect.INHERIT).redirectError(Redirect.DISCARD).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 ? printed : "failed";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "failed";
    } catch (IOException noSuchProgram) {
      return "failed";
    }
  }
}
