package io.tare.capture.proc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes what reads files that the target can shape. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class ProcFuzzTest {

  static Stream<byte[]> stats() {
    return Stream
        .of("11063 (a) b) S 11060 9505 3192 0 -1 4194304 13761 0 3 0 2 3 0 0 20 0 22 0 121011 2725023744 14858 1",
            "1 (x", "(")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<byte[]> perfFiles() {
    byte[] empty = new byte[64];
    byte[] mark = {(byte) 0xca, (byte) 0xfe, (byte) 0xc0, (byte) 0xc0, 1, 2, 0, 1};
    System.arraycopy(mark, 0, empty, 0, mark.length);
    byte[] one = empty.clone();
    one[24] = 32;
    one[28] = 1;
    one[32] = 24;
    one[36] = 20;
    one[44] = 'B';
    return Stream.of(empty, one, new byte[0]);
  }

  static Stream<byte[]> commandLines() {
    return Stream.of("java\0-Xmx1g\0-cp\0x\0Main\0", "java\0-m\0", "")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("stats")
  @FuzzTest
  void stat(byte[] content) {
    ProcessIdentity.parse(new String(content, StandardCharsets.UTF_8));
  }

  @MethodSource("perfFiles")
  @FuzzTest
  void hsperfdata(byte[] content) {
    Hsperfdata.scrubbed(content, 0).attachPermission();
  }

  @MethodSource("commandLines")
  @FuzzTest
  void commandLine(byte[] content) {
    JavaCommand.parse(Arrays.asList(new String(content, StandardCharsets.UTF_8).split("\0"))).label();
  }
}
