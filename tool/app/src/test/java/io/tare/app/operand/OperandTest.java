package io.tare.app.operand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.app.cli.ExitCode;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand.Kind;
import io.tare.history.recording.FrameScan.FileHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperandTest {
  private static final byte[] DUMP = "JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] CAPTURE = {'P', 'K', 3, 4, 0, 0};
  private static final byte[] LOG = "[0.1s] GC(0) Pause Young\n".getBytes(StandardCharsets.UTF_8);

  @TempDir
  private Path folder;

  private String file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  @Test
  void theContentTellsTheKindWhateverTheName() throws Exception {
    assertThat(Operand.of(file("y.capture", CAPTURE)).kind()).isEqualTo(Kind.CAPTURE);
    assertThat(Operand.of(file("x.hprof", CAPTURE)).kind()).isEqualTo(Kind.CAPTURE);
    assertThat(Operand.of(file("plain", FileHead.bytes())).kind()).isEqualTo(Kind.RECORDING);
    assertThat(Operand.of(file("a.tare", DUMP)).kind()).isEqualTo(Kind.HEAP_DUMP);
    assertThat(Operand.of(file("b.gz", gzip(DUMP))).kind()).isEqualTo(Kind.HEAP_DUMP);
    assertThat(Operand.of(file("gc.log", LOG)).kind()).isEqualTo(Kind.LOG);
    assertThat(Operand.of(file("gc.log.gz", gzip(LOG))).kind()).isEqualTo(Kind.LOG);
    assertThat(Operand.of(file("h.pb.gz", gzip(new byte[] {0x0a, 4, 8, 1, 16, 2}))).kind()).isEqualTo(Kind.PROFILE);
    assertThat(Operand.of(file("x.jfr", new byte[] {'F', 'L', 'R', 0, 0, 2})).kind()).isEqualTo(Kind.FLIGHT_RECORDING);
    assertThat(Operand.of(file("program", new byte[] {0x7f, 'E', 'L', 'F', 0})).kind()).isEqualTo(Kind.OTHER);
    assertThat(Operand.of(file("core.4711", elf(4))).kind()).isEqualTo(Kind.CORE);
    assertThat(Operand.of(file("library.so", elf(3))).kind()).isEqualTo(Kind.OTHER);
    assertThat(Operand.of(folder.toString()).kind()).isEqualTo(Kind.FOLDER);
  }

  /** What a file of that type begins with. */
  private static byte[] elf(int type) {
    byte[] start = new byte[64];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, start, 0, 7);
    start[16] = (byte) type;
    return start;
  }

  @Test
  void theEndingCountsOnlyWhereTheContentSaysNothing() throws Exception {
    assertThat(Operand.of(file("broken.tare", LOG)).kind()).isEqualTo(Kind.CAPTURE);
    assertThat(Operand.of(file("broken.tarerec", new byte[0])).kind()).isEqualTo(Kind.RECORDING);
    assertThat(Operand.of(file("broken.hprof", new byte[] {0, 0})).kind()).isEqualTo(Kind.HEAP_DUMP);
    assertThat(Operand.of(file("broken.log", new byte[] {0, 0})).kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void aNumberIsAPidAndAWordANameWhateverLiesAbout() throws Exception {
    assertThat(Operand.of("4711")).isEqualTo(new Operand("4711", Kind.PROCESS, Path.of("4711"), OptionalLong.of(4711)));
    assertThat(Operand.of("kafka").kind()).isEqualTo(Kind.NAME);
    // The folder of sources of this very module lies about.
    assertThat(Operand.of("src").kind()).isEqualTo(Kind.NAME);
  }

  @Test
  void whatLooksLikeAFileIsNeverTakenForAName() {
    for (String missing : new String[] {"none.tare", "none.collapsed", "none.hprof", "dir/none", "none.log",
        "none.tarerec@7"}) {
      assertThatThrownBy(() -> Operand.of(missing)).as(missing).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void oneProcessOfARecordingHasItsNumber() throws Exception {
    String recording = file("x.tarerec", FileHead.bytes());
    Operand one = Operand.of(recording + "@4711");
    assertThat(one.kind()).isEqualTo(Kind.RECORDING);
    assertThat(one.file()).isEqualTo(Path.of(recording));
    assertThat(one.pid()).hasValue(4711);
  }

  @Test
  void aCommandThatTakesSomethingElseSaysWhoTakesIt() throws Exception {
    Operand dump = Operand.of(file("app.hprof", DUMP));
    assertThatThrownBy(() -> dump.mustBe("a process", Kind.PROCESS, Kind.NAME)).isInstanceOf(UsageException.class)
        .hasMessage(
            "a process is wanted, and " + dump.word() + " is a heap dump; 'tare heap " + dump.word() + "' reads it");
    Operand profile = Operand.of(file("h.pb.gz", gzip(new byte[] {0x0a, 4, 8, 1})));
    assertThatThrownBy(() -> profile.mustBe("a log", Kind.LOG))
        .hasMessageEndingWith("a profile; 'tare who " + profile.word() + "' reads it");
    assertThat(dump.mustBe("a dump", Kind.HEAP_DUMP)).isSameAs(dump);
  }

  @Test
  void commandsSayWhoTakesWhatTheyWereGiven() throws Exception {
    String log = file("gc.log", LOG);
    String dump = file("app.hprof", DUMP);
    String capture = file("x.bin", CAPTURE);
    assertSaid("tare log " + log, log);
    assertSaid("tare heap " + dump, dump);
    assertSaid("tare heap " + dump, "log", dump);
    assertSaid("tare " + capture, "heap", capture);
    assertSaid("tare heap " + dump, "record", dump);
    assertSaid("tare heap " + dump, "diff", dump, dump);
    assertSaid("tare log " + log, "capture", log);
    assertSaid("tare heap " + dump, "check", dump, "--max", "rss=1GB");
  }

  private static void assertSaid(String command, String... words) {
    io.tare.app.Terminal terminal = new io.tare.app.Terminal();
    assertThat(terminal.run(words)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("'" + command + "' reads it").hasLineCount(1);
  }
}
