package io.tare.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.ExitCode;
import io.tare.app.hostile.TareProcess.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An answer that can't be written is never taken for given. */
@Tag("slow")
@Timeout(120)
class StandardOutputTest {
  @TempDir
  private Path folder;

  @Test
  void aFullDiskBehindTheOutputIsSaid() throws Exception {
    Ended ended = new TareProcess(folder).run("exec \"$@\" > /dev/full", "help");
    assertThat(ended.code()).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(ended.err()).contains("the answer could not be written", "space");
  }

  @Test
  void anOutputThatIsClosedIsSaid() throws Exception {
    Ended ended = new TareProcess(folder).run("exec \"$@\" >&-", "help");
    assertThat(ended.code()).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(ended.err()).contains("the answer could not be written");
  }

  @Test
  void aReaderThatHasSeenEnoughEndsItQuietlyAsSigpipeDoes() throws Exception {
    Ended ended = new TareProcess(folder).run("{ \"$@\"; echo \"code $?\" >&2; } | true", "help");
    assertThat(ended.err()).isEqualTo("code 141\n");
  }

  @Test
  void watchingEndsWithItsReader() throws Exception {
    Ended ended = new TareProcess(folder).run("sleep 50 & \"$@\" $! 2> /dev/null | head -n 1", "watch", "--plain");
    assertThat(ended.out()).contains("gross");
  }
}
