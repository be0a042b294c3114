package io.tare.capture.dumped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.CaptureOptions;
import io.tare.capture.CoreCapturer;
import io.tare.capture.Progress;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.formats.NotThisFormat;
import io.tare.model.AddressRange;
import io.tare.model.capture.Capture;
import io.tare.model.capture.RuntimeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreFileTest {
  private static final int PAGE = CoreBuilder.PAGE;
  private static final int READ = 4;
  private static final int WRITE = 2;

  @TempDir
  Path folder;

  /** Three pages: something, nothing, something. */
  private static byte[] pages() {
    byte[] content = new byte[3 * PAGE];
    Arrays.fill(content, 0, PAGE, (byte) 7);
    content[3 * PAGE - 1] = 1;
    return content;
  }

  private Path sample() throws IOException {
    byte[] first = new byte[PAGE];
    first[0] = 1;
    return new CoreBuilder().process(4711, "orders", 4711, 4713).signal(6).auxiliary(3, 0x400040, 25, 0x7ffc00001000L)
        .mapping(0x400000, 4 * PAGE, READ, first).file(0x400000, 4 * PAGE, 0, "/opt/orders")
        .mapping(0x1000000, 3 * PAGE, READ | WRITE, pages()).mapping(0x2000000, 5 * PAGE, READ | WRITE, new byte[0])
        .file(0x3000000, 2 * PAGE, 1, "/opt/data").mapping(0x7ffc00000000L, 3 * PAGE, READ | WRITE, pages())
        .write(folder.resolve("core.4711"));
  }

  @Test
  void theNotesSayWhoItWas() throws Exception {
    try (CoreFile core = CoreFile.open(sample())) {
      assertThat(core.notes().pid()).hasValue(4711);
      assertThat(core.notes().name()).isEqualTo("orders");
      assertThat(core.notes().threads()).containsExactly(4711L, 4713L);
      assertThat(core.notes().signal()).isEqualTo(6);
      assertThat(core.missingBytes()).isZero();
    }
  }

  @Test
  void pagesOfZerosAreNotHeldAndWhatWasLeftOutIsListed() throws Exception {
    try (CoreFile core = CoreFile.open(sample())) {
      CoreMappings mappings = CoreMappings.of(core);
      assertThat(mappings.heldBytes()).isEqualTo(5 * PAGE);
      assertThat(mappings.mappedBytes()).isEqualTo(17 * PAGE);
      assertThat(mappings.program()).isEqualTo("/opt/orders");
      assertThat(mappings.smaps().lines().filter(line -> line.contains("00:00"))).containsExactly(
          "400000-404000 r--p 00000000 00:00 1 /opt/orders", "1000000-1003000 rw-p 00000000 00:00 0 [heap]",
          "2000000-2005000 rw-p 00000000 00:00 0 ", "3000000-3002000 r--p 00001000 00:00 2 /opt/data",
          "7ffc00000000-7ffc00003000 rw-p 00000000 00:00 0 [stack]");
      assertThat(mappings.pages().presentBytes(new AddressRange(0x1000000, 0x1003000))).isEqualTo(2 * PAGE);
      assertThat(mappings.pages().presentBytes(new AddressRange(0x1001000, 0x1002000))).isZero();
    }
  }

  @Test
  void itsMemoryIsReadByAddressAndEmptyWhereItHasNothing() throws Exception {
    try (CoreFile core = CoreFile.open(sample())) {
      CoreMemory memory = new CoreMemory(core, ReadBudget.DEFAULT);
      assertThat(memory.u64(0x1000000)).hasValue(0x0707070707070707L);
      assertThat(memory.u32(0x1001000)).hasValue(0);
      assertThat(memory.u64(0x1003000 - 8)).hasValue(1L << 56);
      assertThat(memory.u64(0x1003000 - 4)).isEmpty();
      assertThat(memory.u64(0x2000000)).isEmpty();
      assertThat(memory.read(0x1000ff8, 16))
          .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(16).endsWith(0, 0, 0));
      assertThat(memory.presentRuns(new AddressRange(0x3ff000, 0x2000000))).containsExactly(
          new AddressRange(0x400000, 0x401000), new AddressRange(0x1000000, 0x1003000));
      assertThat(memory.isPresent(0x402000)).isFalse();
    }
  }

  @Test
  void onlyWhatIsLeftOutOfAFileStillHasTheContentOfTheFile() throws Exception {
    try (CoreFile core = CoreFile.open(sample())) {
      CoreMemory memory = new CoreMemory(core, ReadBudget.DEFAULT);
      assertThat(memory.isUntouched(0x402000)).as("of the program").isTrue();
      assertThat(memory.isUntouched(0x3000000)).as("of a file that was left out").isTrue();
      assertThat(memory.isUntouched(0x400000)).as("what is there").isFalse();
      assertThat(memory.isUntouched(0x2000000)).as("of no file").isFalse();
    }
  }

  @Test
  void aCaptureOfItSaysWhatItIsOf() throws Exception {
    try (CoreCapturer capturer = CoreCapturer.open(sample())) {
      Capture capture = capturer.capture(CaptureOptions.PASSIVE, Progress.NONE);
      assertThat(capture.target().pid()).isEqualTo(4711);
      assertThat(capture.target().name()).isEqualTo("orders");
      assertThat(capture.target().runtime()).isEqualTo(RuntimeKind.NATIVE);
      assertThat(capture.text("core")).hasValue("core held=20480 mapped=69632 missing=0 signal=6\n");
    }
  }

  @Test
  void aFileThatWasCutOffAnywhereIsReadAsFarAsItGoesOrRefused() throws Exception {
    byte[] whole = Files.readAllBytes(sample());
    Random random = new Random(7);
    int read = 0;
    for (int length = 0; length < whole.length; length += length < 1500
        ? 1 + random.nextInt(60)
        : 1 + random.nextInt(1800)) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      try (CoreCapturer capturer = CoreCapturer.open(cut)) {
        capturer.capture(CaptureOptions.PASSIVE, Progress.NONE);
        assertThat(capturer.missingBytes()).as("cut at %d", length).isEqualTo(missing(whole.length, length));
        read++;
      } catch (NotThisFormat refused) {
        assertThat(length).as(refused.getMessage()).isLessThan(64 + 5 * 56);
      }
    }
    assertThat(read).isGreaterThan(30);
  }

  /** The content stands last. */
  private static long missing(int whole, int length) {
    return Math.min(whole - length, 7L * PAGE);
  }

  @Test
  void whatItClaimsIsNotBelieved() throws Exception {
    byte[] whole = Files.readAllBytes(sample());
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      byte[] odd = whole.clone();
      for (int change = 0; change < 3; change++) {
        odd[random.nextInt(1400)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("odd"), odd);
      try (CoreCapturer capturer = CoreCapturer.open(file)) {
        assertThat(capturer.capture(CaptureOptions.PASSIVE, Progress.NONE).artifacts()).containsKey("proc/smaps");
      } catch (NotThisFormat refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void aProgramIsNoCoreFile() throws Exception {
    byte[] program = Files.readAllBytes(sample());
    program[16] = 2;
    Path file = Files.write(folder.resolve("program"), program);
    assertThat(CoreFile.isCore(program)).isFalse();
    assertThatThrownBy(() -> CoreFile.open(file)).isInstanceOf(NotThisFormat.class).hasMessage("it is no core file");
  }
}
