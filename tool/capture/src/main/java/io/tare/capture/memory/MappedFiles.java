package io.tare.capture.memory;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.door.ForeignFile.Expect;
import io.tare.capture.door.TargetRoot;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens the file behind a mapping, even one that was deleted or replaced on disk, and refuses one that only has the same path.
 *
 * @param procPid the process's folder {@code /proc/PID}
 * @param memory to compare the file with what is mapped
 */
public record MappedFiles(Path procPid, ProcessMemory memory) {

  /** The mapped file; empty when it can't be reached, is not the one that is mapped, or is no regular file. */
  public Optional<ForeignFile> open(Mapping mapping) {
    return mapping.hasPath() ? byLink(mapping).or(() -> byPath(mapping)) : Optional.empty();
  }

  // Following a link of map_files needs a capability.
  private Optional<ForeignFile> byLink(Mapping mapping) {
    Path link = procPid.resolve("map_files").resolve(
        String.format(Locale.ROOT, "%x-%x", mapping.range().start(), mapping.range().end()));
    try {
      ForeignFile file = ForeignFile.behind(link, Expect.ANYBODYS);
      return accepted(file, hasSameInode(file, mapping) || hasSameBytes(file, mapping) || hasSameName(link, mapping));
    } catch (IOException refusedOrAbsent) {
      return Optional.empty();
    }
  }

  private Optional<ForeignFile> byPath(Mapping mapping) {
    try (TargetRoot root = TargetRoot.open(procPid)) {
      ForeignFile file = root.linked(mapping.name(), Expect.ANYBODYS);
      return accepted(file, hasSameInode(file, mapping) || hasSameBytes(file, mapping));
    } catch (IOException refusedOrAbsent) {
      return Optional.empty();
    }
  }

  private static Optional<ForeignFile> accepted(ForeignFile file, boolean isSame) throws IOException {
    if (!isSame) {
      file.close();
      return Optional.empty();
    }
    return Optional.of(file);
  }

  private static boolean hasSameInode(ForeignFile file, Mapping mapping) {
    return file.status().inode() == mapping.inode() && file.status().device().equals(mapping.device());
  }

  // Overlay file systems show another device and inode than stat does. A library's first page has its build id.
  private boolean hasSameBytes(ForeignFile file, Mapping mapping) {
    Optional<byte[]> mapped = firstPage(mapping);
    if (mapped.isEmpty()) {
      return false;
    }
    ByteBuffer page = ByteBuffer.allocate(memory.pageBytes());
    try {
      file.read(page, mapping.offset());
      return Arrays.equals(page.array(), mapped.get());
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Where there is nothing to compare on an overlay: the kernel itself says that this range still maps a file of that name. */
  private boolean hasSameName(Path link, Mapping mapping) throws IOException {
    return firstPage(mapping).isEmpty() && Files.readSymbolicLink(link).toString().equals(mapping.name());
  }

  private Optional<byte[]> firstPage(Mapping mapping) {
    return mapping.isWritable() ? Optional.empty() : memory.read(mapping.range().start(), memory.pageBytes());
  }
}
