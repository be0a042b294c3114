package io.tare.fleet.agent;

import io.tare.capture.door.NewFile;
import io.tare.capture.door.NewFile.Readers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where whole segments go. What says no until a person has done something throws {@link io.tare.fleet.bucket.Bucket.Refused}. */
interface Destination extends AutoCloseable {
  /**
   * Puts a file there under that name; when this returns, it is there and stays there whatever happens. Putting the same again changes nothing.
   */
  void put(String place, Path file) throws IOException;

  /** As people name it. */
  String words();

  @Override
  void close();

  /** A folder: another disk, a share, a volume. A file appears in it under its name only when all of it is on the disk. */
  final class Folder implements Destination {
    private final Path root;

    /** @param ownPart where no other agent writes: what a killed one left there unfinished is removed */
    Folder(Path root, String ownPart) throws IOException {
      this.root = root;
      removeUnfinished(ownPart);
    }

    private void removeUnfinished(String ownPart) throws IOException {
      if (!Files.isDirectory(root)) {
        return;
      }
      try (DirectoryStream<Path> days = Files.newDirectoryStream(root, "day=*")) {
        for (Path day : days) {
          Path own = day.resolve(ownPart);
          if (Files.isDirectory(own)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(own, ".tare-*.part")) {
              for (Path part : parts) {
                Files.deleteIfExists(part);
              }
            }
          }
        }
      }
    }

    @Override
    public void put(String place, Path file) throws IOException {
      // A folder that has gone is not made anew: what is mounted there may come back, and would hide what lies below.
      if (!Files.isDirectory(root)) {
        throw new IOException("there is no folder " + root);
      }
      Path target = root.resolve(place);
      if (Files.isRegularFile(target) && Files.mismatch(target, file) == -1) {
        return;
      }
      Path folder = target.getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        for (Path made = folder; made != null && made.startsWith(root); made = made.getParent()) {
          toDisk(made);
        }
      }
      try (NewFile whole = NewFile.beside(target, Readers.OWNER);
          FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
        copy(from, whole.channel());
        whole.channel().force(true);
        whole.putInPlace();
        whole.channel().close();
      }
      if (folder != null) {
        toDisk(folder);
      }
    }

    private static void copy(FileChannel from, FileChannel to) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(32 << 10);
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    }

    /** The names in a folder are on the disk, too. */
    private static void toDisk(Path folder) throws IOException {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }

    @Override
    public String words() {
      return root.toString();
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}
