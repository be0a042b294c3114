package io.tare.capture.memory.elf;

import io.tare.capture.door.FileContent;
import io.tare.capture.kernel.WorkTime;
import io.tare.formats.NotThisFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments and sections of a 64-bit little-endian ELF file. */
public record ElfHeaders(List<ElfSegment> segments, List<ElfSection> sections) {
  private static final int MAGIC = 0x464c457f;
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;
  private static final int SECTION_BYTES = 64;
  /** Real files have some dozen segments; every mapping is compared with every one of them. */
  private static final int MOST_SEGMENTS = 512;
  private static final int LONGEST_NAME = 200;

  public ElfHeaders {
    segments = List.copyOf(segments);
    sections = List.copyOf(sections);
  }

  static ElfHeaders read(ElfBytes bytes) throws IOException, NotThisFormat {
    ByteBuffer header;
    try {
      header = bytes.at(0, HEADER_BYTES);
    } catch (EOFException tooShort) {
      throw new NotThisFormat("too short for an ELF file");
    }
    if (header.getInt(0) != MAGIC || header.get(4) != 2 || header.get(5) != 1) {
      throw new NotThisFormat("not a 64-bit little-endian ELF file");
    }
    return new ElfHeaders(segments(bytes, header), sections(bytes, header));
  }

  /** A file that is cut off within its program headers has no segments. */
  private static List<ElfSegment> segments(ElfBytes bytes, ByteBuffer header) throws IOException {
    int count = Math.min(header.getShort(56) & 0xffff, MOST_SEGMENTS);
    if (count == 0 || header.getShort(54) != SEGMENT_BYTES) {
      return List.of();
    }
    try {
      return segmentsOf(bytes.at(header.getLong(32), (long) count * SEGMENT_BYTES), count);
    } catch (EOFException cutOff) {
      return List.of();
    }
  }

  static List<ElfSegment> segmentsOf(ByteBuffer table, int count) {
    List<ElfSegment> segments = new ArrayList<>();
    for (int at = 0; at < count * SEGMENT_BYTES; at += SEGMENT_BYTES) {
      segments.add(new ElfSegment(table.getInt(at), table.getLong(at + 8), table.getLong(at + 16),
          table.getLong(at + 32), table.getLong(at + 40)));
    }
    return segments;
  }

  /** A file without section headers, or with a table that lies outside of it, has no sections. */
  private static List<ElfSection> sections(ElfBytes bytes, ByteBuffer header) throws IOException {
    int count = header.getShort(60) & 0xffff;
    int namesAt = header.getShort(62) & 0xffff;
    if (count == 0 || namesAt >= count || header.getShort(58) != SECTION_BYTES) {
      return List.of();
    }
    try {
      ByteBuffer table = bytes.at(header.getLong(40), (long) count * SECTION_BYTES);
      ByteBuffer names = bytes.at(table.getLong(namesAt * SECTION_BYTES + 24),
          Math.min(table.getLong(namesAt * SECTION_BYTES + 32), 1 << 20));
      List<ElfSection> sections = new ArrayList<>();
      for (int at = 0; at < count * SECTION_BYTES; at += SECTION_BYTES) {
        sections.add(section(table, at, names));
      }
      return sections;
    } catch (EOFException cutOff) {
      return List.of();
    }
  }

  private static ElfSection section(ByteBuffer table, int at, ByteBuffer names) {
    return new ElfSection(string(names, table.getInt(at)), table.getInt(at + 4), table.getLong(at + 16),
        table.getLong(at + 24), table.getLong(at + 32), table.getInt(at + 40), table.getLong(at + 56));
  }

  private static String string(ByteBuffer names, int from) {
    if (from < 0 || from >= names.limit()) {
      return "";
    }
    int end = from;
    while (end < names.limit() && end - from < LONGEST_NAME && names.get(end) != 0) {
      end++;
    }
    return new String(names.array(), names.arrayOffset() + from, end - from, StandardCharsets.ISO_8859_1);
  }

  /** One program header: what the loader maps, and where before it moves the file. */
  public record ElfSegment(int type, long offset, long address, long fileBytes, long memoryBytes) {
    public static final int LOAD = 1;
    public static final int DYNAMIC = 2;
  }

  /** One section: its addresses are those of the file, before the loader moved it. */
  public record ElfSection(String name, int type, long address, long offset, long size, int link, long entrySize) {
    static final int SYMBOLS = 2;
    static final int DYNAMIC_SYMBOLS = 11;

    boolean isSymbolTable() {
      return type == SYMBOLS || type == DYNAMIC_SYMBOLS;
    }
  }

  /**
   * The file's bytes by offset, within a budget: its headers may claim terabytes, which a sparse file even has. The symbols of a
   * {@code libjvm.so} with its full table are some 5 MB.
   */
  static final class ElfBytes {
    static final int MOST_AT_ONCE = 64 << 20;
    private static final long MOST_IN_ALL = 192L << 20;
    private static final WorkTime.Limits MOST_TIME = new WorkTime.Limits(Duration.ofSeconds(3), Duration.ofSeconds(6));

    /** More than the headers of a real file; who reads no more needs no watch. */
    private static final long UNWATCHED = 2 << 20;

    private final FileContent file;
    private @Nullable WorkTime time;
    private long left = MOST_IN_ALL;

    ElfBytes(FileContent file) {
      this.file = file;
    }

    /** The budget for reading a file is spent; the message says which. */
    static final class Spent extends IOException {
      private static final long serialVersionUID = 1L;

      Spent(String budget) {
        super("reading this file was given up after " + budget);
      }
    }

    long fileBytes() throws IOException {
      return file.sizeBytes();
    }

    ByteBuffer at(long offset, long length) throws IOException {
      if (offset < 0 || length < 0 || length > MOST_AT_ONCE || offset > file.sizeBytes() - length) {
        throw new EOFException(length + " bytes at " + offset + " of a file of " + file.sizeBytes());
      }
      if (length > left) {
        throw new Spent((MOST_IN_ALL >> 20) + " MB");
      }
      left -= length;
      if (left < MOST_IN_ALL - UNWATCHED) {
        watch();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
      if (file.read(bytes, offset) < length) {
        throw new EOFException("file ends before " + (offset + length));
      }
      return bytes.flip();
    }

    private void watch() throws Spent {
      if (time == null) {
        time = new WorkTime(MOST_TIME);
      }
      if (time.isOver()) {
        throw new Spent(time.ranOut());
      }
    }
  }
}
