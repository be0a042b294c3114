package io.tare.capture.dumped;

import io.tare.formats.NotThisFormat;
import io.tare.model.AddressRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A 64-bit little-endian ELF core file, as the kernel writes it of a process that a signal ended, and {@code gcore} of a living one: the mappings
 * with their content, as far as {@code coredump_filter} let it be written, and notes about the process. It may be cut off anywhere.
 */
public final class CoreFile implements AutoCloseable {
  private static final int MAGIC = 0x464c457f;
  private static final int CORE = 4;
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;
  private static final int TOO_MANY_FOR_THE_HEADER = 0xffff;
  private static final int MOST_SEGMENTS = 1 << 20;
  private static final int LOAD = 1;
  private static final int NOTE = 4;
  private static final ValueLayout.OfShort U2 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U4 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U8 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena;
  private final MemorySegment content;
  private final List<Segment> segments;
  private final CoreNotes notes;
  private final long missingBytes;

  private CoreFile(Arena arena, MemorySegment content, List<Segment> segments, CoreNotes notes) {
    this.arena = arena;
    this.content = content;
    this.segments = List.copyOf(segments);
    this.notes = notes;
    this.missingBytes = segments.stream().mapToLong(segment -> segment.promisedBytes() - segment.fileBytes()).sum();
  }

  /**
   * One mapping.
   *
   * @param permissions three letters, {@code rw-}; whether it was shared is not told
   * @param at where its content begins in the file
   * @param fileBytes how much of it is there, from its beginning on
   * @param promisedBytes how much would be if the file were whole
   */
  public record Segment(AddressRange range, String permissions, long at, long fileBytes, long promisedBytes) {
    AddressRange held() {
      return new AddressRange(range.start(), range.start() + fileBytes);
    }
  }

  /** Whether a file begins as a core file does. */
  public static boolean isCore(byte[] start) {
    return start.length >= 18 && start[0] == 0x7f && start[1] == 'E' && start[2] == 'L' && start[3] == 'F'
        && start[16] == CORE && start[17] == 0;
  }

  /**
   * Opens a core file.
   *
   * @throws NotThisFormat if it is none, or none of a 64-bit little-endian process
   */
  public static CoreFile open(Path file) throws IOException, NotThisFormat {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return read(arena, content);
    } catch (IOException | NotThisFormat | RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  private static CoreFile read(Arena arena, MemorySegment content) throws NotThisFormat {
    if (content.byteSize() < HEADER_BYTES || content.get(U4, 0) != MAGIC || content.get(U2, 16) != CORE) {
      throw new NotThisFormat("it is no core file");
    }
    if (content.get(ValueLayout.JAVA_BYTE, 4) != 2 || content.get(ValueLayout.JAVA_BYTE, 5) != 1) {
      throw new NotThisFormat("it is the core file of a 32-bit or big-endian process, which Tare does not read");
    }
    long table = content.get(U8, 32);
    long count = count(content);
    if (table < HEADER_BYTES || table > content.byteSize() - count * SEGMENT_BYTES) {
      throw new NotThisFormat("the core file was cut off before its list of mappings");
    }
    List<Segment> segments = new ArrayList<>();
    CoreNotes notes = CoreNotes.NONE;
    for (long at = table; at < table + count * SEGMENT_BYTES; at += SEGMENT_BYTES) {
      int type = content.get(U4, at);
      if (type == LOAD && content.get(U8, at + 16) > 0 && content.get(U8, at + 40) > 0) {
        segments.add(segment(content, at));
      } else if (type == NOTE) {
        notes = notes.and(CoreNotes.read(part(content, content.get(U8, at + 8), content.get(U8, at + 32))));
      }
    }
    segments.sort(Comparator.comparingLong(segment -> segment.range().start()));
    return new CoreFile(arena, content, apart(segments), notes);
  }

  /** A header holds no more than 65,534; what is above stands in the first section. */
  private static long count(MemorySegment content) throws NotThisFormat {
    long count = content.get(U2, 56) & 0xffff;
    if (count == TOO_MANY_FOR_THE_HEADER) {
      long section = content.get(U8, 40);
      count = section < HEADER_BYTES || section > content.byteSize() - HEADER_BYTES
          ? 0
          : content.get(U4, section + 44) & 0xffff_ffffL;
    }
    if (count > MOST_SEGMENTS) {
      throw new NotThisFormat("its header claims " + count + " mappings");
    }
    return count;
  }

  private static Segment segment(MemorySegment content, long at) {
    int flags = content.get(U4, at + 4);
    long offset = content.get(U8, at + 8);
    long start = content.get(U8, at + 16);
    long bytes = Math.min(content.get(U8, at + 40), Long.MAX_VALUE - start);
    long promised = Math.clamp(content.get(U8, at + 32), 0, bytes);
    long there = offset < 0 ? 0 : Math.clamp(content.byteSize() - offset, 0, promised);
    String permissions = ((flags & 4) != 0 ? "r" : "-") + ((flags & 2) != 0 ? "w" : "-")
        + ((flags & 1) != 0 ? "x" : "-");
    return new Segment(new AddressRange(start, start + bytes), permissions, offset, there, promised);
  }

  /** Mappings never overlap: of those that claim to, the first counts. */
  private static List<Segment> apart(List<Segment> sorted) {
    List<Segment> apart = new ArrayList<>();
    for (Segment segment : sorted) {
      if (apart.isEmpty() || apart.getLast().range().end() <= segment.range().start()) {
        apart.add(segment);
      }
    }
    return apart;
  }

  private static MemorySegment part(MemorySegment content, long offset, long bytes) {
    long from = Math.clamp(offset, 0, content.byteSize());
    return content.asSlice(from, Math.clamp(bytes, 0, content.byteSize() - from));
  }

  /** By address. */
  public List<Segment> segments() {
    return segments;
  }

  public CoreNotes notes() {
    return notes;
  }

  /** What the file promises and does not hold, for it was cut off. */
  public long missingBytes() {
    return missingBytes;
  }

  /** The content of a segment as far as it is there. */
  MemorySegment content(Segment segment) {
    return segment.fileBytes() == 0 ? content.asSlice(0, 0) : content.asSlice(segment.at(), segment.fileBytes());
  }

  @Override
  public void close() {
    arena.close();
  }

  /**
   * What the notes of a core file say.
   *
   * @param pid as its own namespace numbers it
   * @param signal that ended it; 0 for none
   * @param threads their ids, the one that was hit first
   * @param files what was mapped of files
   * @param program where the executable's own headers lie in memory
   */
  public record CoreNotes(OptionalLong pid, String name, int signal, List<Long> threads, List<MappedFile> files,
      long program,
      long stack, long vdso) {
    static final CoreNotes NONE = new CoreNotes(OptionalLong.empty(), "", 0, List.of(), List.of(), 0, 0, 0);

    private static final int STATUS = 1;
    private static final int PROCESS = 3;
    private static final int AUXILIARY = 6;
    private static final int SIGNAL = 0x53494749;
    private static final int FILES = 0x46494c45;
    private static final int MOST_THREADS = 100_000;
    private static final int LONGEST_PATH = 4096;

    public CoreNotes {
      threads = List.copyOf(threads);
      files = List.copyOf(files);
    }

    /** A file that was mapped, from an offset on. */
    public record MappedFile(AddressRange range, long offset, String path) {}

    CoreNotes and(CoreNotes more) {
      return equals(NONE) ? more : this;
    }

    private static CoreNotes read(MemorySegment notes) {
      OptionalLong pid = OptionalLong.empty();
      String name = "";
      int signal = 0;
      List<Long> threads = new ArrayList<>();
      List<MappedFile> files = List.of();
      long[] auxiliary = new long[3];
      for (long at = 0; at + 12 <= notes.byteSize();) {
        long nameBytes = notes.get(U4, at) & 0xffff_ffffL;
        long bytes = notes.get(U4, at + 4) & 0xffff_ffffL;
        long from = at + 12 + (nameBytes + 3 & -4);
        if (from + bytes > notes.byteSize()) {
          break;
        }
        MemorySegment note = notes.asSlice(from, bytes);
        switch (notes.get(U4, at + 8)) {
          case STATUS -> {
            if (bytes >= 36 && threads.size() < MOST_THREADS) {
              threads.add(note.get(U4, 32) & 0xffff_ffffL);
            }
          }
          case PROCESS -> {
            if (bytes >= 56) {
              pid = OptionalLong.of(note.get(U4, 24) & 0xffff_ffffL);
              name = text(note, 40, 16);
            }
          }
          case SIGNAL -> signal = bytes >= 4 ? note.get(U4, 0) : 0;
          case AUXILIARY -> auxiliary(note, auxiliary);
          case FILES -> files = files(note);
          default -> {
            // Registers and the like.
          }
        }
        at = from + (bytes + 3 & -4);
      }
      return new CoreNotes(pid, name, signal, threads, files, auxiliary[0], auxiliary[1], auxiliary[2]);
    }

    /** What the kernel told the program at its start: where its headers are, sixteen random bytes on its stack, and the kernel's own library. */
    private static void auxiliary(MemorySegment note, long[] found) {
      for (long at = 0; at + 16 <= note.byteSize(); at += 16) {
        long value = note.get(U8, at + 8);
        switch ((int) note.get(U8, at)) {
          case 3 -> found[0] = value;
          case 25 -> found[1] = value;
          case 33 -> found[2] = value;
          default -> {
            // Of no use here.
          }
        }
      }
    }

    private static List<MappedFile> files(MemorySegment note) {
      List<MappedFile> files = new ArrayList<>();
      if (note.byteSize() < 16) {
        return files;
      }
      long count = note.get(U8, 0);
      long unit = Math.clamp(note.get(U8, 8), 1, 1 << 20);
      if (count < 0 || count > (note.byteSize() - 16) / 24) {
        return files;
      }
      long textAt = 16 + 24 * count;
      for (long i = 0; i < count; i++) {
        String path = text(note, textAt, LONGEST_PATH);
        textAt += path.getBytes(StandardCharsets.ISO_8859_1).length + 1;
        long start = note.get(U8, 16 + 24 * i);
        long end = note.get(U8, 24 + 24 * i);
        if (start > 0 && start < end) {
          files.add(new MappedFile(new AddressRange(start, end), note.get(U8, 32 + 24 * i) * unit, path));
        }
      }
      return files;
    }

    /** As Latin letters, one a byte. */
    private static String text(MemorySegment note, long from, int most) {
      StringBuilder text = new StringBuilder();
      for (long at = from; at < note.byteSize() && at < from + most; at++) {
        int letter = note.get(ValueLayout.JAVA_BYTE, at) & 0xff;
        if (letter == 0) {
          break;
        }
        text.append((char) letter);
      }
      return text.toString();
    }
  }
}
