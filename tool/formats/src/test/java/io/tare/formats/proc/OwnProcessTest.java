package io.tare.formats.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.cgroup.CgroupText;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.ProcStat;
import io.tare.model.proc.ProcStatus;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel that the tests run on, whichever it is, prints nothing that is not understood. */
class OwnProcessTest {
  private static final Path PROC = Path.of("/proc/self");

  @BeforeEach
  void needsProc() {
    assumeTrue(Files.isReadable(PROC.resolve("smaps")), "needs a readable /proc/self/smaps");
  }

  private static String text(String file) throws IOException {
    return Files.readString(PROC.resolve(file));
  }

  @Test
  void smapsHasTheResidentSize() throws IOException, NotThisFormat {
    Parsed<Smaps> smaps = SmapsText.parse("smaps", text("smaps"), ParseLimits.DEFAULT);
    assertThat(smaps.problems()).isEmpty();
    assertThat(smaps.value().total(MappingBytes::rss)).isGreaterThan(10 << 20);
  }

  @Test
  void statusAndStatNameThisProcess() throws IOException, NotThisFormat {
    Parsed<ProcStatus> status = StatusText.parse("status", text("status"), ParseLimits.DEFAULT);
    ProcStat stat = StatText.parse("stat", text("stat"), ParseLimits.DEFAULT).value();
    assertThat(status.problems()).isEmpty();
    assertThat(status.value().number("Pid")).hasValue(ProcessHandle.current().pid());
    assertThat(stat.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(status.value().rssBytes().getAsLong()).isGreaterThan(10 << 20);
  }

  @Test
  void theMachineAndTheGroupAreUnderstood() throws IOException, NotThisFormat {
    assertThat(MeminfoText.parse("meminfo", Files.readString(Path.of("/proc/meminfo")), ParseLimits.DEFAULT).problems())
        .isEmpty();
    assertThat(CgroupText.parseMembership("cgroup", text("cgroup"), ParseLimits.DEFAULT).problems()).isEmpty();
  }
}
