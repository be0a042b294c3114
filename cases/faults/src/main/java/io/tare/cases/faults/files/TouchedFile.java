package io.tare.cases.faults.files;

import io.tare.cases.faults.self.OwnMapping;
import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.ToLongFunction;

/** A temporary file that this process has mapped and whose every page it has touched. */
record TouchedFile(Path path, MappedByteBuffer pages) {
  private static final int PAGE = 4096;
  private static final long LARGEST = 1L << 30;

  /** Read pages, written to the disk before: the kernel can drop them at any time. */
  static TouchedFile read(Path directory, long bytes) throws IOException {
    Path path = filled(directory, bytes);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      MappedByteBuffer pages = file.map(MapMode.READ_ONLY, 0, file.size());
      for (int at = 0; at < pages.limit(); at += PAGE) {
        pages.get(at);
      }
      return new TouchedFile(path, pages);
    }
  }

  /** Written pages: the kernel must write them to the disk before it can drop them. */
  static TouchedFile written(Path directory, long bytes) throws IOException {
    Path path = filled(directory, bytes);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      TouchedFile touched = new TouchedFile(path, file.map(MapMode.READ_WRITE, 0, file.size()));
      touched.writeEveryPage();
      return touched;
    }
  }

  void writeEveryPage() {
    for (int at = 0; at < pages.limit(); at += PAGE) {
      pages.put(at, (byte) 1);
    }
  }

  /** A file of this size that lies on the disk, not only in the page cache. */
  static Path filled(Path directory, long bytes) throws IOException {
    Path path = Files.createTempFile(directory, "tare-fault-", ".data");
    path.toFile().deleteOnExit();
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      for (long left = Math.min(bytes, LARGEST); left > 0; left -= block.capacity()) {
        file.write(block.clear());
      }
      file.force(true);
    }
    return path;
  }

  long bytes(OwnMappings mappings, ToLongFunction<OwnMapping.Resident> part) {
    return mappings.matching(mapping -> mapping.path().startsWith(path.toString())).stream()
        .mapToLong(mapping -> part.applyAsLong(mapping.resident())).sum();
  }
}
