package io.tare.app.heap;

import io.tare.app.cli.Console;
import io.tare.app.cli.StepLine;
import io.tare.capture.dump.DumpFolder;
import io.tare.report.look.Units;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a dump to where it is to stay, readable for its owner only. The dump of another user's process is copied, since that
 * user may still hold the file open for writing; that of our own gets another name where it lies on the same file system.
 */
final class DumpMove {
  private static final long PIECE_BYTES = 64 << 20;

  private DumpMove() {}

  static Path move(DumpFolder dump, Path destination, Console console) throws IOException {
    Path target = destination.toAbsolutePath();
    Optional<Path> ownName = dump.ownName();
    try {
      if (ownName.isEmpty() || !isLinked(ownName.get(), target)) {
        copy(dump.file(), target, console);
      }
    } catch (FileAlreadyExistsException there) {
      throw new IOException(target + " is there already; nothing is overwritten", there);
    }
    console.err().println("kept the dump as " + target);
    return target;
  }

  private static boolean isLinked(Path name, Path target) throws FileAlreadyExistsException {
    try {
      Files.createLink(target, name);
      return true;
    } catch (FileAlreadyExistsException there) {
      throw there;
    } catch (IOException otherFileSystem) {
      return false;
    }
  }

  private static void copy(Path dump, Path target, Console console) throws IOException {
    mustHaveRoom(target, Files.size(dump));
    try (FileChannel out = FileChannel.open(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      try (FileChannel in = FileChannel.open(dump, StandardOpenOption.READ); StepLine steps = new StepLine(console)) {
        transfer(in, out, steps);
      } catch (IOException failure) {
        Files.deleteIfExists(target);
        throw failure;
      }
    }
  }

  /** As many bytes as there are now: a file that goes on growing is not followed. */
  private static void transfer(FileChannel in, FileChannel out, StepLine steps) throws IOException {
    long size = in.size();
    for (long at = 0; at < size;) {
      long count = in.transferTo(at, Math.min(PIECE_BYTES, size - at), out);
      if (count <= 0) {
        throw new IOException("the dump was cut while it was copied");
      }
      at += count;
      steps.show("copying the dump: " + Units.BINARY.format(at) + " of " + Units.BINARY.format(size));
    }
  }

  private static void mustHaveRoom(Path target, long bytes) throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(target + " is no place for a file");
    }
    long room = folder.toFile().getUsableSpace();
    if (room < bytes) {
      throw new IOException("no room for the dump beside " + target + ": it has " + Units.BINARY.format(bytes) + ", "
          + Units.BINARY.format(room) + " are free");
    }
  }
}
