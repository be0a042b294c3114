package io.tare.capture.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.Tree;
import io.tare.capture.door.ForeignFile;
import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.formats.ParseLimits;
import io.tare.formats.jvm.PerfDataBytes;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import io.tare.model.jvm.PerfData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HsperfdataTest {
  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void numbersAndHarmlessTextStayAndTheProgramIsBlanked(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle("-Dsecret=swordfish", "-XX:HeapDumpPath=/home/swordfish")) {
      Hsperfdata data = Hsperfdata.read(jvm.folder());
      String text = new String(data.bytes(), StandardCharsets.ISO_8859_1);
      assertThat(text).doesNotContain("swordfish", "argument-secret", "Idle", jdk.home().toString());
      PerfData counters = PerfDataBytes.parse("hsperfdata", data.bytes(), ParseLimits.DEFAULT).value();
      assertThat(counters.number("sun.gc.generation.0.space.0.used")).isPresent();
      assertThat(counters.string("sun.rt.jvmCapabilities").orElseThrow()).startsWith("1");
      assertThat(counters.string("java.rt.vmArgs").orElseThrow()).contains("-Xmx64m", "-XX:HeapDumpPath=<redacted>");
      assertThat(data.attachPermission()).contains(Hsperfdata.AttachPermission.ALLOWED);
    }
  }

  @Test
  void aFileThatIsBrokenAnywhereIsNotKeptAtAll() throws Exception {
    try (Child jvm = Jdk.own().idle("-Dsecret=swordfish")) {
      byte[] file = rawFile(jvm);
      Random random = new Random(42);
      for (int i = 0; i < 2_000; i++) {
        byte[] broken = file.clone();
        for (int flips = 0; flips < 20; flips++) {
          broken[random.nextInt(2_000)] = (byte) random.nextInt();
        }
        Hsperfdata data = Hsperfdata.scrubbed(broken, 0);
        assertThat(data.outcome()).isIn(Outcome.TAKEN, Outcome.FAILED);
        assertThat(data.outcome() == Outcome.FAILED).isEqualTo(data.bytes().length == 0);
      }
      assertThat(Hsperfdata.scrubbed(Arrays.copyOf(file, 1_000), 0).outcome()).isEqualTo(Outcome.FAILED);
    }
  }

  @Test
  void anEntryThatIsCountedAndNotYetWrittenIsLookedAtAgain() throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      byte[] file = rawFile(jvm);
      byte[] ahead = file.clone();
      ByteBuffer head = ByteBuffer.wrap(ahead).order(ByteOrder.nativeOrder());
      head.putInt(28, head.getInt(28) + 1);
      assertThat(Hsperfdata.scrubbed(ahead, 0).outcome()).isEqualTo(Outcome.FAILED);
      Iterator<byte[]> moments = List.of(ahead, ahead, file).iterator();
      assertThat(Hsperfdata.whole(() -> Hsperfdata.scrubbed(moments.next(), 0)).outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(Hsperfdata.whole(() -> Hsperfdata.scrubbed(ahead, 0)).outcome()).as("a damaged one")
          .isEqualTo(Outcome.FAILED);
    }
  }

  private static byte[] rawFile(Child jvm) throws Exception {
    try (ForeignFile file = PerfFile.open(jvm.folder()).file().orElseThrow()) {
      return file.stream().readAllBytes();
    }
  }

  @Test
  void aFileReachedThroughALinkIsNotRead(@TempDir Path root) throws Exception {
    Path secret = Files.writeString(root.resolve("secret"), "swordfish");
    Tree tree = new Tree(root).process(4711, "java", 'S');
    tree.file("proc/4711/root/tmp/hsperfdata_a/other", "").link("proc/4711/root/tmp/hsperfdata_a/4711",
        secret.toString());
    Files.createDirectories(root.resolve("elsewhere"));
    Files.writeString(root.resolve("elsewhere/4711"), "swordfish");
    tree.link("proc/4711/root/tmp/hsperfdata_b", root.resolve("elsewhere").toString());
    assertThat(refusal(tree)).contains("a link");
  }

  /** Why the file was not read; it wasn't. */
  private static String refusal(Tree tree) {
    Artifact artifact = Hsperfdata.read(new ProcessFolder(tree.proc(), 4711)).artifact();
    assertThat(artifact.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(artifact.text()).isEmpty();
    return artifact.note();
  }

  @Test
  void aFileOfAbsurdSizeIsNotRead(@TempDir Path root) throws Exception {
    Tree tree = new Tree(root).process(4711, "java", 'S');
    tree.file("proc/4711/root/tmp/hsperfdata_a/4711", "x".repeat((1 << 20) + 1));
    assertThat(refusal(tree)).contains("more than 1048576 are not plausible");
  }
}
