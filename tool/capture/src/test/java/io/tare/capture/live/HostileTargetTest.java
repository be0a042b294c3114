package io.tare.capture.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.CaptureException;
import io.tare.capture.CaptureException.Reason;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.formats.ParseLimits;
import io.tare.formats.proc.SmapsText;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that want to deceive their reader. */
@Tag("slow")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTargetTest {
  private static final String PROGRAM = """
      #define _GNU_SOURCE
      #include <stdio.h>
      #include <string.h>
      #include <sys/mman.h>
      #include <unistd.h>
      int main(void) {
        int file = memfd_create("a\\n7f0000000000-7f0000001000 r-xp 00000000 fe:00 12  /x\\033[31m\\r/lib/libc.so.6", 0);
        ftruncate(file, 8192);
        char *memory = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        memcpy(memory, "\\177ELF\\2\\1", 6);
        memset(memory + 6, 0xff, 8000);
        mmap(0, 8192, PROT_READ, MAP_SHARED, file, 0);
        puts("ready");
        fflush(stdout);
        sleep(120);
      }
      """;

  @TempDir
  private Path folder;

  private static Capture capture(long pid, Progress progress) throws CaptureException {
    return new Capturer().capture(pid, CaptureOptions.PASSIVE, progress);
  }

  @Test
  void aMemoryFileWhoseNameForgesALineIsOneMappingAndItsHeaderHarmsNobody() throws Exception {
    Path source = Files.writeString(folder.resolve("hostile.c"), PROGRAM);
    Path binary = folder.resolve("hostile");
    Toolchain.run(List.of(Toolchain.require("gcc"), "-o", binary.toString(), source.toString()), folder);
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString()))) {
      Capture capture = capture(program.pid(), Progress.NONE);
      Smaps smaps = SmapsText.parse("smaps", capture.text(ArtifactNames.SMAPS).orElseThrow()
          .getBytes(StandardCharsets.UTF_8), ParseLimits.DEFAULT).value();
      assertThat(smaps.mappings()).noneMatch(mapping -> mapping.range().start() == 0x7f0000000000L);
      assertThat(smaps.mappings().stream().filter(mapping -> mapping.name().contains("memfd:a")))
          .hasSize(2).extracting(Mapping::isExecutable).containsOnly(false);
      assertThat(capture.artifact(ArtifactNames.PTHREADS).orElseThrow().note()).doesNotContain("the walk failed");
      assertThat(capture.text(ArtifactNames.PTHREADS).orElseThrow()).contains("tid=" + program.pid());
    }
  }

  @Test
  void aTargetThatExecsAnotherProgramWhileItIsReadIsReadAnew() throws Exception {
    Process target = new ProcessBuilder("sh", "-c", "read go; exec sleep 100").start();
    try {
      Progress execs = step -> {
        if (step.equals(ArtifactNames.TASKS)) {
          go(target);
        }
      };
      mustBeOneProgram(capture(target.pid(), execs), "sleep");
    } finally {
      target.destroyForcibly();
    }
  }

  @Test
  void aTargetThatExecsItsOwnProgramOverAndOverGivesNoCapture() throws Exception {
    Path script = Files.writeString(folder.resolve("again.sh"), "read go; exec sh \"$0\"");
    Process target = new ProcessBuilder("sh", script.toString()).start();
    try {
      ProcessFolder itsFolder = new ProcessFolder(Path.of("/proc"), target.pid());
      Progress execs = step -> {
        if (step.equals(ArtifactNames.TASKS)) {
          ProcessIdentity before = itsFolder.identity().orElseThrow();
          say(target);
          while (itsFolder.identity().orElseThrow().hasSameImage(before)) {
            Thread.onSpinWait();
          }
        }
      };
      assertThatThrownBy(() -> capture(target.pid(), execs)).isInstanceOfSatisfying(CaptureException.class,
          became -> assertThat(became.reason()).isEqualTo(Reason.OTHER_PROGRAM))
          .hasMessageContaining("began its own anew");
    } finally {
      target.destroyForcibly();
    }
  }

  private static void mustBeOneProgram(Capture capture, String name) {
    assertThat(capture.target().name()).isEqualTo(name);
    assertThat(capture.text(ArtifactNames.SMAPS).orElseThrow()).contains(capture.text(ArtifactNames.EXE).orElseThrow());
  }

  private static void say(Process target) {
    try {
      target.getOutputStream().write('\n');
      target.getOutputStream().flush();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void go(Process target) {
    say(target);
    try {
      Path name = Path.of("/proc", Long.toString(target.pid()), "comm");
      while (!Files.readString(name).strip().equals("sleep")) {
        Thread.onSpinWait();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void aTargetThatExecsAtAnyMomentIsReadAsOneProgram() throws Exception {
    for (int round = 0; round < 20; round++) {
      Process target = new ProcessBuilder("sh", "-c", "read go; exec sleep 100").start();
      try {
        Thread.ofPlatform().daemon().start(() -> go(target));
        Capture capture = capture(target.pid(), Progress.NONE);
        String program = capture.text(ArtifactNames.EXE).orElseThrow();
        assertThat(capture.text(ArtifactNames.SMAPS).orElseThrow()).as("round " + round).contains(program);
      } finally {
        target.destroyForcibly();
      }
    }
  }
}
