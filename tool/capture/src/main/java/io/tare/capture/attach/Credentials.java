package io.tare.capture.attach;

import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import java.util.Optional;

/** The effective user and group of a process. */
public record Credentials(long user, long group) {

  public static Optional<Credentials> own() {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, ProcessHandle.current().pid()).text("status")
        .flatMap(Credentials::parse);
  }

  public static Optional<Credentials> parse(String status) {
    Optional<Long> user = StatusLines.word(status, "Uid:", 1).map(Long::parseLong);
    Optional<Long> group = StatusLines.word(status, "Gid:", 1).map(Long::parseLong);
    return user.isPresent() && group.isPresent()
        ? Optional.of(new Credentials(user.get(), group.get()))
        : Optional.empty();
  }

  public boolean isRoot() {
    return user == 0;
  }

  /** Whether a JVM of those credentials talks to a process of these. */
  boolean mayAsk(Credentials target) {
    return isRoot() || equals(target);
  }
}
