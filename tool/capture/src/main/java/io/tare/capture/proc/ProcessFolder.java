package io.tare.capture.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder {@code /proc/PID}. The root is a parameter, so that a captured tree is a fixture. */
public record ProcessFolder(Path procRoot, long pid) {
  public static final Path LIVE_ROOT = Path.of("/proc");

  public Path path() {
    return procRoot.resolve(Long.toString(pid));
  }

  public Path file(String name) {
    return path().resolve(name);
  }

  public boolean exists() {
    return Files.exists(file("stat"));
  }

  /** Whether this is the running system's own /proc: only there does a pid mean a process that can be talked to. */
  public boolean isLive() {
    return procRoot.equals(LIVE_ROOT);
  }

  /** Who the process is now; empty when there is none. */
  public Optional<ProcessIdentity> identity() {
    return text("stat").flatMap(ProcessIdentity::parse);
  }

  /** Where a link such as {@code exe} points to; empty when it cannot be read. */
  public Optional<String> link(String name) {
    try {
      return Optional.of(Files.readSymbolicLink(file(name)).toString());
    } catch (IOException | UnsupportedOperationException unreadable) {
      return Optional.empty();
    }
  }

  /** A small text file, whole; empty when it cannot be read. */
  public Optional<String> text(String name) {
    FileRead read = FileRead.of(file(name), FileRead.SMALL);
    return read.hasContent() ? Optional.of(read.text()) : Optional.empty();
  }
}
