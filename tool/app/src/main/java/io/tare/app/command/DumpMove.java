package io.tare.app.command;

import io.tare.app.cli.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Brings a dump to where it is to stay, readable for its owner only. */
final class DumpMove {
  private static final int PIECE_BYTES = 1 << 20;

  private DumpMove() {}

  static Path move(Path dump, Path destination, Console console) throws IOException {
    Path target = destination.toAbsolutePath();
    if (Files.exists(target)) {
      throw new IOException(target + " is there already; nothing is overwritten");
    }
    if (Files.getAttribute(dump, "unix:dev").equals(Files.getAttribute(folder(target), "unix:dev"))) {
      Files.move(dump, target);
    } else {
      copy(dump, target);
    }
    console.err().println("kept the dump as " + target);
    return target;
  }

  private static Path folder(Path target) throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(target + " is no place for a file");
    }
    return folder;
  }

  private static void copy(Path dump, Path target) throws IOException {
    long room = folder(target).toFile().getUsableSpace();
    if (room < Files.size(dump)) {
      throw new IOException("no room for the dump beside " + target + ": it has " + Files.size(dump) + " bytes, "
          + room + " are free");
    }
    try (var in = Files.newByteChannel(dump);
        var out = Files.newByteChannel(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      while (in.read(piece.clear()) >= 0) {
        piece.flip();
        while (piece.hasRemaining()) {
          out.write(piece);
        }
      }
    } catch (IOException failure) {
      Files.deleteIfExists(target);
      throw failure;
    }
  }
}
