package io.tare.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.Printer.Control;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The door to the terminal. */
class PrinterTest {
  private static final String HOSTILE = "a\u001b]0;title\u0007\u009b2J\u202e\u2028\r";
  private static final String SHOWN = "a\\e]0;title\\u{7}\\u{9b}2J\\u{202e}\\u{2028}\\r";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = new Console(out, err, true, true, Map.of());

  private String out() {
    console.out().flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatAJvmAnsweredIsShownInAnErrorAndNotObeyed() {
    console.err().println("tare: the JVM answered: " + HOSTILE);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("tare: the JVM answered: " + SHOWN + "\n");
  }

  @Test
  void textCanBeNoControlNotEvenOfOurs() {
    console.out().print("\u001b[1mbold\u001b[0m\n\tnext " + HOSTILE);
    assertThat(out()).isEqualTo("\\e[1mbold\\e[0m\n\tnext " + SHOWN);
  }

  @Test
  void coloursPassInPagesAndControlsByThemselves() {
    console.out().printPage("\u001b[1mbold\u001b[0m" + HOSTILE);
    console.out().control(Control.CLEAR_LINE);
    assertThat(out()).isEqualTo("\u001b[1mbold\u001b[0m" + SHOWN + "\u001b[K");
  }

  @Test
  void aStepStaysOnItsLine() {
    console.err().showStep("dumping x\ny");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[Kdumping x\\ny");
  }

  @Test
  void theFirstFailureIsRememberedAndNothingFollowsIt() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Console broken = new Console(new OutputStream() {
      private int calls;

      @Override
      public void write(int b) throws IOException {
        if (calls++ == 0) {
          throw new IOException("No space left on device");
        }
        written.write(b);
      }
    }, err, false, false, Map.of());
    broken.out().print("x");
    assertThat(broken.out().failure()).get().extracting(IOException::getMessage).isEqualTo("No space left on device");
    broken.out().print("y".repeat(1 << 20));
    assertThat(broken.out().failure()).isPresent();
    assertThat(written.size()).isZero();
  }
}
