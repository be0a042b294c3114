package io.tare.capture.memory.executable;

import io.tare.capture.door.FileContent;
import io.tare.capture.memory.elf.ElfHeaders.ElfSection;
import io.tare.capture.memory.elf.ElfHeaders.ElfSegment;
import io.tare.capture.memory.elf.ElfSymbols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What Go's linker leaves in a program: the build info, which carries the version; else the table of functions, which every Go program
 * needs to run and no stripping removes.
 */
final class GoMarks {
  static final String UNKNOWN_VERSION = "unknown";
  private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
  private static final int ALIGNMENT = 16;
  private static final int POINTER_BYTES_AT = 14;
  private static final int FLAGS_AT = 15;
  private static final int BIG_ENDIAN = 1;
  private static final int INLINE = 2;
  private static final int VERSION_POINTER_AT = 16;
  private static final int TEXT_AT = 32;
  private static final int LONGEST = 200;
  private static final int HEAD_BYTES = TEXT_AT + 1 + LONGEST;
  private static final List<String> FUNCTION_TABLES = List.of(".gopclntab", ".data.rel.ro.gopclntab", ".go.module");
  private static final int FIRST_MAGIC = 0xfffffff0;
  private static final int LAST_MAGIC = 0xfffffff1;

  /** Only a file without sections is searched, and no further than this. */
  private static final int SEARCHED_BYTES = 8 << 20;
  private static final int WINDOW_BYTES = 1 << 20;

  private GoMarks() {}

  /** The version of Go that built the file; {@code unknown} for a Go program that doesn't tell, empty for any other. */
  static Optional<String> version(ElfSymbols elf, FileContent file) throws IOException {
    Optional<ElfSection> section = elf.section(".go.buildinfo");
    if (section.isPresent()) {
      Optional<String> version = buildInfo(elf, file, section.get().offset());
      if (version.isPresent()) {
        return version;
      }
    }
    if (FUNCTION_TABLES.stream().anyMatch(name -> elf.section(name).isPresent())) {
      return Optional.of(UNKNOWN_VERSION);
    }
    return elf.hasSections() ? Optional.empty() : searched(elf, file);
  }

  /** In the segments of a file that lost its section table: the data, where the build info is, is the last one as a rule. */
  private static Optional<String> searched(ElfSymbols elf, FileContent file) throws IOException {
    boolean functions = false;
    long left = SEARCHED_BYTES;
    for (ElfSegment segment : elf.segments().reversed()) {
      long end = segment.offset() + Math.min(segment.fileBytes(), left);
      for (long at = segment.offset(); segment.type() == ElfSegment.LOAD && at < end; at += WINDOW_BYTES) {
        ByteBuffer window = bytes(file, at, (int) Math.min(WINDOW_BYTES, end - at));
        for (int i = 0; i + ALIGNMENT <= window.limit(); i += ALIGNMENT) {
          if (hasMagic(window, i)) {
            return buildInfo(elf, file, at + i);
          }
          functions |= isFunctionTable(window, i);
        }
        left -= window.limit();
      }
    }
    return functions ? Optional.of(UNKNOWN_VERSION) : Optional.empty();
  }

  /** The head of Go 1.18's and later tables: the magic, two zeros, the instruction size, the pointer size. */
  private static boolean isFunctionTable(ByteBuffer bytes, int at) {
    int magic = bytes.getInt(at);
    int quantum = bytes.get(at + 6);
    return (magic == FIRST_MAGIC || magic == LAST_MAGIC) && bytes.getShort(at + 4) == 0
        && (quantum == 1 || quantum == 2 || quantum == 4) && bytes.get(at + 7) == Long.BYTES;
  }

  private static Optional<String> buildInfo(ElfSymbols elf, FileContent file, long offset) throws IOException {
    ByteBuffer head = bytes(file, offset, HEAD_BYTES);
    if (head.limit() <= FLAGS_AT || !hasMagic(head, 0)) {
      return Optional.empty();
    }
    return (head.get(FLAGS_AT) & INLINE) != 0
        ? Optional.of(inlineVersion(head))
        : Optional.of(pointedVersion(elf, file, head));
  }

  private static boolean hasMagic(ByteBuffer bytes, int at) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.get(at + i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** Since Go 1.18 the version follows the head as a length and a text. No version is so long that its length takes a second byte. */
  static String inlineVersion(ByteBuffer head) {
    int length = head.limit() > TEXT_AT ? Byte.toUnsignedInt(head.get(TEXT_AT)) : 0;
    return length > LONGEST ? UNKNOWN_VERSION : text(head, TEXT_AT + 1, length);
  }

  /** Before, the head pointed to a string variable. In a program that may lie anywhere the pointer is filled in at its start. */
  private static String pointedVersion(ElfSymbols elf, FileContent file, ByteBuffer head) throws IOException {
    boolean readable = head.limit() >= TEXT_AT && head.get(POINTER_BYTES_AT) == Long.BYTES
        && (head.get(FLAGS_AT) & BIG_ENDIAN) == 0;
    if (!readable) {
      return UNKNOWN_VERSION;
    }
    ByteBuffer variable = atAddress(elf, file, head.getLong(VERSION_POINTER_AT), 2 * Long.BYTES);
    if (variable.limit() < 2 * Long.BYTES) {
      return UNKNOWN_VERSION;
    }
    long length = variable.getLong(Long.BYTES);
    return length <= 0 || length > LONGEST
        ? UNKNOWN_VERSION
        : text(atAddress(elf, file, variable.getLong(0), (int) length), 0, (int) length);
  }

  private static String text(ByteBuffer bytes, int at, int length) {
    if (length <= 0 || at + length > bytes.limit()) {
      return UNKNOWN_VERSION;
    }
    byte[] text = new byte[length];
    bytes.get(at, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer atAddress(ElfSymbols elf, FileContent file, long address, int length) throws IOException {
    for (ElfSegment segment : elf.segments()) {
      long within = address - segment.address();
      if (segment.type() == ElfSegment.LOAD && within >= 0 && within < segment.fileBytes()) {
        return bytes(file, segment.offset() + within, length);
      }
    }
    return ByteBuffer.allocate(0);
  }

  private static ByteBuffer bytes(FileContent file, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.read(bytes, offset);
    return bytes.flip();
  }
}
