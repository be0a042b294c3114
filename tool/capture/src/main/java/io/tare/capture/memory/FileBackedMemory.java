package io.tare.capture.memory;

import io.tare.capture.door.ForeignFile;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process's memory, completed by what an untouched page must hold: the bytes of the mapped file, or zeros where no file is
 * mapped. Constants of a library are rarely all present; here they can be read without faulting them in.
 */
public final class FileBackedMemory implements ProcessMemory, AutoCloseable {
  private static final int WINDOW_BYTES = 64 << 10;
  private static final int MOST_WINDOWS = 128;
  private static final int MOST_FILES = 64;

  private final ProcessMemory present;
  private final MappingIndex mappings;
  private final MappedFiles files;
  private final Map<FileKey, Optional<ForeignFile>> open = new HashMap<>();
  private final Map<WindowKey, byte[]> windows = new HashMap<>();

  public FileBackedMemory(ProcessMemory present, MappingIndex mappings, Path procPid) {
    this.present = present;
    this.mappings = mappings;
    this.files = new MappedFiles(procPid, present);
  }

  @Override
  public int pageBytes() {
    return present.pageBytes();
  }

  @Override
  public Optional<byte[]> read(long address, int length) {
    Optional<byte[]> whole = present.read(address, length);
    if (whole.isPresent() || length < 0 || address < 0 || address + length < address) {
      return whole;
    }
    byte[] bytes = new byte[length];
    for (int done = 0; done < length;) {
      long at = address + done;
      int count = (int) Math.min(length - done, pageBytes() - (at & (pageBytes() - 1)));
      Optional<byte[]> part = length == count ? Optional.empty() : present.read(at, count);
      if (part.isEmpty()) {
        part = initialContent(at, count);
      }
      if (part.isEmpty()) {
        return Optional.empty();
      }
      System.arraycopy(part.get(), 0, bytes, done, count);
      done += count;
    }
    return Optional.of(bytes);
  }

  @Override
  public boolean readInto(long address, byte[] into, int at, int length) {
    return present.readInto(address, into, at, length) || ProcessMemory.super.readInto(address, into, at, length);
  }

  @Override
  public boolean readWords(long address, long[] into, int at, int words) {
    return present.readWords(address, into, at, words) || ProcessMemory.super.readWords(address, into, at, words);
  }

  @Override
  public List<AddressRange> readPresent(AddressRange range, long[] into) {
    return present.readPresent(range, into);
  }

  @Override
  public OptionalLong u64(long address) {
    OptionalLong word = present.u64(address);
    return word.isPresent() ? word : ProcessMemory.super.u64(address);
  }

  @Override
  public OptionalLong u32(long address) {
    OptionalLong half = present.u32(address);
    return half.isPresent() ? half : ProcessMemory.super.u32(address);
  }

  /** What the mapping began with; {@code count} does not leave the page. */
  private Optional<byte[]> initialContent(long address, int count) {
    Optional<Mapping> mapping = mappings.at(address);
    if (mapping.isEmpty() || !mapping.get().permissions().startsWith("r") || !present.isUntouched(address)) {
      return Optional.empty();
    }
    if (mapping.get().isAnonymous()) {
      return Optional.of(new byte[count]);
    }
    long offset = mapping.get().offset() + address - mapping.get().range().start();
    return fromFile(mapping.get(), offset, count);
  }

  private Optional<byte[]> fromFile(Mapping mapping, long offset, int count) {
    Optional<ForeignFile> file = open.computeIfAbsent(FileKey.of(mapping), key -> openFile(mapping));
    if (file.isEmpty() || offset < 0 || present.budgetExceeded()) {
      return Optional.empty();
    }
    byte[] window = window(mapping, file.get(), offset / WINDOW_BYTES);
    int within = (int) (offset % WINDOW_BYTES);
    if (within + count > window.length) {
      return Optional.empty();
    }
    byte[] bytes = new byte[count];
    System.arraycopy(window, within, bytes, 0, count);
    return Optional.of(bytes);
  }

  private byte[] window(Mapping mapping, ForeignFile file, long number) {
    if (windows.size() >= MOST_WINDOWS) {
      windows.clear();
    }
    return windows.computeIfAbsent(new WindowKey(FileKey.of(mapping), number), key -> readWindow(file, number));
  }

  /** The rest of the file's last page is zeros in memory, and so it is here. */
  private static byte[] readWindow(ForeignFile file, long number) {
    ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    try {
      file.read(window, number * WINDOW_BYTES);
      return window.array();
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }

  private record FileKey(String device, long inode) {
    static FileKey of(Mapping mapping) {
      return new FileKey(mapping.device(), mapping.inode());
    }
  }

  private record WindowKey(FileKey file, long number) {}

  private Optional<ForeignFile> openFile(Mapping mapping) {
    return open.size() < MOST_FILES ? files.open(mapping) : Optional.empty();
  }

  @Override
  public boolean isPresent(long address) {
    return present.isPresent(address);
  }

  @Override
  public boolean isUntouched(long address) {
    return present.isUntouched(address);
  }

  @Override
  public List<AddressRange> presentRuns(AddressRange range) {
    return present.presentRuns(range);
  }

  @Override
  public void forget() {
    present.forget();
  }

  @Override
  public boolean isStill() {
    return present.isStill();
  }

  @Override
  public long bytesRead() {
    return present.bytesRead();
  }

  @Override
  public boolean budgetExceeded() {
    return present.budgetExceeded();
  }

  @Override
  public String ranOut() {
    return present.ranOut();
  }

  /** Closes the files; the memory underneath stays open. */
  @Override
  public void close() throws IOException {
    for (Optional<ForeignFile> file : open.values()) {
      if (file.isPresent()) {
        file.get().close();
      }
    }
    open.clear();
  }
}
