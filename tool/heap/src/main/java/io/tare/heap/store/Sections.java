package io.tare.heap.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A file of named sections, mapped: what nobody asks for is not read. */
public final class Sections implements AutoCloseable {
  /** Whoever changes what is saved, or how an analysis comes to it, counts this up: files of other versions are made anew. */
  static final int VERSION = 2;
  static final int HEADER_BYTES = 64;
  static final int ALIGNMENT = 64;

  private static final long MAGIC = 0x7461_7265_6865_6170L;
  private static final int BUFFER = 1 << 20;
  private static final int MOST_TABLE_BYTES = 1 << 20;
  private static final int MOST_SECTIONS = 1000;
  /** The time in the header is taken before the header is written, the file's own a moment later. */
  private static final long MOMENT_MILLIS = 100;

  private final Arena arena;
  private final Map<String, MemorySegment> sections;

  private Sections(Arena arena, Map<String, MemorySegment> sections) {
    this.arena = arena;
    this.sections = sections;
  }

  /**
   * Opens a file; empty if it is none of this version, was cut or damaged, or has another stamp.
   *
   * @param writtenMillis when the file was last written to, as its file system says. If that is when it was made, and the system has not
   *     been started since, its content is what was written; else all of it is read once and compared with its checksum.
   */
  public static Optional<Sections> open(FileChannel channel, long writtenMillis, String stamp) throws IOException {
    Optional<Header> header = Header.read(channel);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    try {
      return open(channel, header.get(), writtenMillis, stamp);
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<Sections> open(FileChannel channel, Header header, long writtenMillis, String stamp)
      throws IOException {
    ByteBuffer bytes = read(channel, header.tableAt(), (int) (header.fileBytes() - header.tableAt()));
    if (checksum(bytes.duplicate()) != header.tableChecksum()) {
      return Optional.empty();
    }
    Packed.In table = new Packed.In(bytes);
    boolean isOfDump = table.text().equals(stamp);
    boolean untouched = table.text().equals(boot())
        && Math.abs(writtenMillis - header.madeMillis()) <= MOMENT_MILLIS;
    if (!isOfDump || !(untouched || isWhole(channel, header))) {
      return Optional.empty();
    }
    Arena arena = Arena.ofShared();
    try {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, header.fileBytes(), arena);
      return Optional.of(new Sections(arena, sections(table, file)));
    } catch (IOException | RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  private static Map<String, MemorySegment> sections(Packed.In table, MemorySegment file) {
    Map<String, MemorySegment> sections = new HashMap<>();
    int count = table.i4();
    if (count < 0 || count > MOST_SECTIONS) {
      throw new IllegalArgumentException("sections: " + count);
    }
    for (int i = 0; i < count; i++) {
      String name = table.text();
      long at = table.i8();
      long length = table.i8();
      if (at < HEADER_BYTES || length < 0 || at > file.byteSize() - length) {
        throw new IllegalArgumentException("section " + name);
      }
      sections.put(name, file.asSlice(at, length));
    }
    return sections;
  }

  private static boolean isWhole(FileChannel channel, Header header) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    for (long at = HEADER_BYTES; at < header.fileBytes();) {
      buffer.clear().limit((int) Math.min(BUFFER, header.fileBytes() - at));
      if (channel.read(buffer, at) < 0) {
        return false;
      }
      at += buffer.position();
      checksum.update(buffer.flip());
    }
    return (int) checksum.getValue() == header.checksum();
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // A file may come in pieces.
    }
    return bytes.flip();
  }

  /** What tells one start of the system from the next: a file that was whole before a crash may have holes after it. */
  static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII).strip();
    } catch (IOException unknown) {
      return "";
    }
  }

  /** Throws if there is none: the writer of this version writes all of them. */
  public MemorySegment get(String name) {
    MemorySegment section = sections.get(name);
    if (section == null) {
      throw new IllegalArgumentException("no section " + name);
    }
    return section;
  }

  public boolean has(String name) {
    return sections.containsKey(name);
  }

  public Packed.In packed(String name) {
    return new Packed.In(get(name).asByteBuffer());
  }

  @Override
  public void close() {
    arena.close();
  }

  /**
   * The first bytes of the file.
   *
   * @param checksum of all that follows the header
   * @param tableChecksum of the table alone
   */
  record Header(long fileBytes, long tableAt, long madeMillis, int checksum, int tableChecksum) {

    ByteBuffer bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).putLong(fileBytes)
          .putLong(tableAt).putLong(madeMillis).putInt(checksum).putInt(tableChecksum);
      return bytes.putInt(Sections.checksum(bytes.duplicate().flip())).clear();
    }

    /** Empty unless the whole file is there, and of this version. */
    static Optional<Header> read(FileChannel channel) throws IOException {
      ByteBuffer bytes = Sections.read(channel, 0, HEADER_BYTES);
      if (bytes.remaining() < HEADER_BYTES || bytes.getLong() != MAGIC || bytes.getInt() != VERSION) {
        return Optional.empty();
      }
      Header header = new Header(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getInt(), bytes.getInt());
      boolean isIntact = header.bytes().equals(bytes.rewind());
      long tableBytes = header.fileBytes() - header.tableAt();
      return isIntact && channel.size() == header.fileBytes() && tableBytes > 0 && tableBytes <= MOST_TABLE_BYTES
          ? Optional.of(header)
          : Optional.empty();
    }
  }
}
