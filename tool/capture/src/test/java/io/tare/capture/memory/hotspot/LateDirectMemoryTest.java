package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.live.Jdk;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.jvm.JvmLayout;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is read again and again takes its first direct buffer only then: that there was none before is remembered, and must not
 * hide that there is one.
 */
@Tag("slow")
class LateDirectMemoryTest {
  private static final String SOURCE = """
      public class Late {
        static Object kept;
        public static void main(String[] arguments) throws Exception {
          System.out.println("ready");
          System.in.read();
          kept = java.nio.ByteBuffer.allocateDirect(5 << 20);
          System.out.println("taken");
          System.in.read();
        }
      }
      """;

  @TempDir
  private Path folder;

  private static JvmLayout layout(long pid) throws Exception {
    Path proc = new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).path();
    try (LiveMemory memory = LiveMemory.open(proc, ReadBudget.DEFAULT)) {
      return HotspotTables.read(memory, Mappings.of(proc), proc, HotspotLimits.DEFAULT).value();
    }
  }

  private static OptionalLong reserved(long pid) throws Exception {
    return layout(pid).number("direct.reserved");
  }

  @Test
  void theFirstBufferIsSeenThoughThereWasNoneForLong() throws Exception {
    Path source = Files.writeString(folder.resolve("Late.java"), SOURCE);
    Path java = Jdk.own().home().resolve("bin");
    assertThat(new ProcessBuilder(java.resolve("javac").toString(), "-d", folder.toString(), source.toString())
        .inheritIO().start().waitFor()).isZero();
    Process late = new ProcessBuilder(List.of(java.resolve("java").toString(), "-XX:+UseSerialGC", "-cp",
        folder.toString(), "Late")).start();
    try (BufferedReader says = late.inputReader(StandardCharsets.UTF_8); OutputStream told = late.getOutputStream()) {
      assertThat(says.readLine()).isEqualTo("ready");
      assertThat(reserved(late.pid())).as("not yet loaded").isEmpty();
      assertThat(reserved(late.pid())).as("again").isEmpty();
      told.write('\n');
      told.flush();
      assertThat(says.readLine()).isEqualTo("taken");
      assertThat(reserved(late.pid())).hasValue(5 << 20);
      assertThat(reserved(late.pid())).as("again").hasValue(5 << 20);
      assertThat(layout(late.pid()).number("direct.count")).hasValue(1);
    } finally {
      late.destroyForcibly().waitFor();
    }
  }
}
