package io.tare.capture.door;

import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;

/** The user as whom this process opens files. */
public final class OwnUser {
  static final long ROOT = 0;
  private static final int EFFECTIVE = 1;

  private OwnUser() {}

  public static long id() throws IOException {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, ProcessHandle.current().pid()).text("status")
        .flatMap(status -> StatusLines.word(status, "Uid:", EFFECTIVE)).map(Long::parseLong)
        .orElseThrow(() -> new IOException("the kernel does not say which user this is"));
  }
}
