package io.tare.sync.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second run away from a state file: a lock on {@code FILE.owner}, which the kernel drops with the process. */
final class StateOwnership implements AutoCloseable {
  private final FileChannel channel;

  private StateOwnership(FileChannel channel) {
    this.channel = channel;
  }

  static StateOwnership take(Path stateFile) throws IOException {
    Path lockFile = stateFile.resolveSibling(stateFile.getFileName() + ".owner");
    FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new StateOwnership(channel);
      }
    } catch (OverlappingFileLockException thisProcess) {
      channel.close();
      throw new StateFileRefused(stateFile, "this process has it open already");
    }
    channel.close();
    throw new StateFileRefused(stateFile, "another process has it open");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
