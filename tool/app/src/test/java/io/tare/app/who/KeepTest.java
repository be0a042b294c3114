package io.tare.app.who;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Terminal;
import io.tare.formats.ParseLimits;
import io.tare.formats.profile.PprofBytes;
import io.tare.formats.profile.PprofWriter;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tare who … --out}: what is kept of a file of call stacks, and what can't be. */
class KeepTest {
  private static final Frame MAIN = new Frame("main.main", "/src/main.go", 30);
  private static final Frame LOAD = new Frame("main.load", "/src/load.go", 17);
  private static final Profile PROFILE = new Profile(
      List.of(new ValueType("inuse_objects", "count"), new ValueType("inuse_space", "bytes")),
      List.of(new Sample(List.of(LOAD, MAIN), List.of(3L, 3_000L)), new Sample(List.of(MAIN), List.of(1L, 1_000L))));

  @TempDir
  Path folder;
  private final Terminal terminal = new Terminal();

  @BeforeEach
  void aFile() throws IOException {
    Files.write(file("heap.pb.gz"), PprofWriter.write(PROFILE));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private int who(String from, String out) {
    return terminal.run("who", file(from).toString(), "--out", file(out).toString());
  }

  @Test
  void aFileOfStacksIsNoCaptureAndNothingIsWritten() {
    assertThat(who("heap.pb.gz", "x.tare")).isEqualTo(2);
    assertThat(terminal.err()).contains("--out " + file("x.tare") + " keeps what is read of one running process; "
        + file("heap.pb.gz") + " is a file already. Call stacks can be kept as .pb.gz, .collapsed or .html");
    assertThat(terminal.out()).isEmpty();
    assertThat(file("x.tare")).doesNotExist();
  }

  @Test
  void severalProcessesAreNotOneCapture() {
    assertThat(terminal.run("who", "1", "2", "--out", file("x.tare").toString())).isEqualTo(2);
    assertThat(terminal.err()).contains("keeps what is read of one running process; these are several.");
  }

  @Test
  void aNameThatTellsNoFormIsRefused() {
    assertThat(who("heap.pb.gz", "x.svg")).isEqualTo(2);
    assertThat(terminal.err()).contains("--out needs a name that ends in .tare, .pb.gz, .collapsed or .html");
    assertThat(file("x.svg")).doesNotExist();
  }

  @Test
  void pprofIsKeptWhole() throws Exception {
    assertThat(who("heap.pb.gz", "x.pb.gz")).isZero();
    assertThat(PprofBytes.parse("x", Files.readAllBytes(file("x.pb.gz")), ParseLimits.DEFAULT).value())
        .isEqualTo(PROFILE);
  }

  @Test
  void collapsedStacksAreOfTheValueThatWasAskedForAndAreReadAgain() throws IOException {
    assertThat(who("heap.pb.gz", "x.collapsed")).isZero();
    assertThat(file("x.collapsed")).hasContent("main.main;main.load 3000\nmain.main 1000\n");
    assertThat(terminal.run("who", file("x.collapsed").toString(), "--peek", "load")).isZero();
    assertThat(terminal.run("who", file("heap.pb.gz").toString(), "--sort", "inuse-objects", "--out",
        file("o.collapsed").toString())).isZero();
    assertThat(file("o.collapsed")).hasContent("main.main;main.load 3\nmain.main 1\n");
  }

  @Test
  void thePageHasTheFlameGraphsNamesAndNumbersAndTheTable() throws IOException {
    assertThat(who("heap.pb.gz", "x.html")).isZero();
    assertThat(Files.readString(file("x.html"))).contains("hidden=\"\"> main.main main.load</p>",
        "hidden=\"\">0 0 4000 4000 1 1 4000 4000 2 2 3000 3000 </p>", "<h2>Places</h2>");
  }
}
