package io.tare.capture.memory;

import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the file behind a mapping, even one that was deleted or replaced on disk, and refuses one that only has the same path.
 *
 * @param procPid the process's folder {@code /proc/PID}
 * @param memory to compare the file with what is mapped
 */
public record MappedFiles(Path procPid, ProcessMemory memory) {

  /** A path to open the mapped file by; empty when it can't be reached, or is not the one that is mapped. */
  public Optional<Path> find(Mapping mapping) {
    if (!mapping.hasPath()) {
      return Optional.empty();
    }
    Path link = procPid.resolve("map_files").resolve(name(mapping));
    if (isReadable(link)) {
      return Optional.of(link);
    }
    Path path = Path.of(procPid.resolve("root") + mapping.name());
    return isReadable(path) && (hasSameInode(path, mapping) || hasSameBytes(path, mapping))
        ? Optional.of(path)
        : Optional.empty();
  }

  private static String name(Mapping mapping) {
    return String.format(Locale.ROOT, "%x-%x", mapping.range().start(), mapping.range().end());
  }

  // Following a link of map_files needs a capability: only opening tells.
  private static boolean isReadable(Path path) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return file.isOpen() && Files.isRegularFile(path);
    } catch (IOException refusedOrAbsent) {
      return false;
    }
  }

  private static boolean hasSameInode(Path path, Mapping mapping) {
    try {
      long inode = (Long) Files.getAttribute(path, "unix:ino");
      long device = (Long) Files.getAttribute(path, "unix:dev");
      return inode == mapping.inode() && deviceName(device).equals(mapping.device());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException noSuchAttribute) {
      return false;
    }
  }

  static String deviceName(long device) {
    long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
    long minor = (device & 0xff) | (device >>> 12 & ~0xffL);
    return String.format(Locale.ROOT, "%02x:%02x", major, minor & 0xffffffffL);
  }

  // Overlay file systems show another device and inode than stat does. A library's first page has its build id.
  private boolean hasSameBytes(Path path, Mapping mapping) {
    Optional<byte[]> mapped = memory.read(mapping.range().start(), memory.pageBytes());
    if (mapped.isEmpty() || mapping.isWritable()) {
      return false;
    }
    ByteBuffer page = ByteBuffer.allocate(memory.pageBytes());
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      file.read(page, mapping.offset());
      return Arrays.equals(page.array(), mapped.get());
    } catch (IOException unreadable) {
      return false;
    }
  }
}
