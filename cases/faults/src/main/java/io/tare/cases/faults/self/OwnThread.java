package io.tare.cases.faults.self;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A thread of this process that waits in the kernel, and where its stack pointer stands. */
public record OwnThread(String name, long stackPointer) {
  private static final Path TASKS = Path.of("/proc/self/task");

  /** All threads but those that run at this very moment: the kernel does not say where they stand. */
  public static List<OwnThread> read() throws IOException {
    List<OwnThread> threads = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        read(task).ifPresent(threads::add);
      }
    }
    return List.copyOf(threads);
  }

  private static Optional<OwnThread> read(Path task) {
    try {
      String name = Files.readString(task.resolve("comm")).strip();
      return stackPointer(Files.readString(task.resolve("syscall"))).map(pointer -> new OwnThread(name, pointer));
    } catch (IOException threadEnded) {
      return Optional.empty();
    }
  }

  /** {@code 202 0x7f99 0x189 0x0 0x0 0x0 0xffffffff 0x7ffd9468b6d0 0x7f99be083f16}: the last but one; or {@code running}. */
  static Optional<Long> stackPointer(String syscall) {
    String[] words = syscall.strip().split(" ");
    return words.length < 3
        ? Optional.empty()
        : Optional.of(Long.parseUnsignedLong(words[words.length - 2].substring(2), 16));
  }
}
