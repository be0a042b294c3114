package io.tare.capture.memory.executable;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.memory.elf.ElfHeaders.ElfSection;
import io.tare.capture.memory.elf.ElfHeaders.ElfSegment;
import io.tare.capture.memory.elf.ElfSymbols;
import io.tare.formats.NotThisFormat;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.alloc.ExecutableFacts;
import io.tare.model.capture.ArtifactNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the file behind {@code /proc/PID/exe} says of itself. */
public final class ExecutableFile {
  private static final int INTERPRETER = 3;
  private static final int MOST_BYTES = 4096;
  private static final byte ELF_32 = 1;
  private static final byte ELF_64 = 2;

  private ExecutableFile() {}

  /** Facts of the executable of the process whose folder is given; fails when the kernel refuses to open it. */
  public static Parsed<ExecutableFacts> read(Path procPid) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    try (ForeignFile file = ForeignFile.behind(procPid.resolve("exe"), ForeignFile.Expect.ANYBODYS)) {
      elfClass(file).ifPresent(name -> facts.put("class", name));
      ElfSymbols elf = ElfSymbols.of(file);
      describe(elf, file, facts);
      elf.leftOut().forEach(note -> problems.add(new Problem(ArtifactNames.EXECUTABLE, "symbols", note)));
    } catch (ForeignFile.Refused unfit) {
      problems.add(new Problem(ArtifactNames.EXECUTABLE, "", "the executable is not read: " + unfit.getMessage()));
    } catch (NotThisFormat notElf64) {
      problems.add(new Problem(ArtifactNames.EXECUTABLE, "", String.valueOf(notElf64.getMessage())));
    }
    return new Parsed<>(new ExecutableFacts(facts), problems);
  }

  private static void describe(ElfSymbols elf, ForeignFile file, Map<String, String> facts) throws IOException {
    Optional<String> interpreter = interpreter(elf, file);
    facts.put("linking", interpreter.isPresent() ? "dynamic" : "static");
    interpreter.ifPresent(path -> facts.put("interpreter", path));
    libc(elf, interpreter).ifPresent(name -> facts.put("libc", name));
    facts.put("stripped", String.valueOf(elf.section(".symtab").isEmpty()));
    Allocators.linkedIn(elf.lookup(Allocators.symbols()).keySet()).ifPresent(name -> facts.put("allocator", name));
    Optional<ElfSection> go = elf.section(".go.buildinfo");
    if (go.isPresent()) {
      GoBuildInfo.version(bytes(file, go.get().offset(), go.get().size()))
          .ifPresent(version -> facts.put("go", version));
    }
  }

  private static Optional<String> interpreter(ElfSymbols elf, ForeignFile file) throws IOException {
    for (ElfSegment segment : elf.segments()) {
      if (segment.type() == INTERPRETER) {
        ByteBuffer path = bytes(file, segment.offset(), segment.fileBytes());
        return Optional.of(StandardCharsets.ISO_8859_1.decode(path).toString().replace("\0", ""));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> libc(ElfSymbols elf, Optional<String> interpreter) {
    if (interpreter.filter(path -> path.contains("ld-musl")).isPresent()) {
      return Optional.of("musl");
    }
    boolean glibc = interpreter.filter(path -> path.contains("ld-linux")).isPresent()
        // A static program keeps the sections that glibc gathers its tables in, even when it is stripped.
        || elf.section("__libc_IO_vtables").isPresent() || elf.section("__libc_atexit").isPresent();
    return glibc ? Optional.of("glibc") : Optional.empty();
  }

  private static Optional<String> elfClass(ForeignFile file) throws IOException {
    ByteBuffer head = bytes(file, 0, 5);
    if (head.limit() < 5 || head.get(0) != 0x7f || head.get(1) != 'E') {
      return Optional.empty();
    }
    return head.get(4) == ELF_64
        ? Optional.of("elf64")
        : head.get(4) == ELF_32 ? Optional.of("elf32") : Optional.empty();
  }

  /** Bytes of the file, at most a page of them, fewer at its end. */
  private static ByteBuffer bytes(ForeignFile file, long offset, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.clamp(length, 0L, MOST_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    file.read(bytes, offset);
    return bytes.flip();
  }
}

/**
 * The version in the section {@code .go.buildinfo}. Since Go 1.18 it follows a head of 32 bytes as a length and the text; before, the
 * head points to it.
 */
final class GoBuildInfo {
  private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
  private static final int FLAGS_AT = 15;
  private static final int INLINE = 2;
  private static final int TEXT_AT = 32;
  private static final int LONGEST = 200;

  private GoBuildInfo() {}

  /** The version; {@code unknown} for a Go program whose section does not carry it, empty for another program's section. */
  static Optional<String> version(ByteBuffer section) {
    if (!hasMagic(section)) {
      return Optional.empty();
    }
    boolean inline = section.limit() > TEXT_AT && (section.get(FLAGS_AT) & INLINE) != 0;
    return Optional.of(inline ? text(section) : "unknown");
  }

  private static boolean hasMagic(ByteBuffer section) {
    if (section.limit() <= FLAGS_AT) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (section.get(i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** A length below 128 is one byte, and no version is longer. */
  private static String text(ByteBuffer section) {
    int length = Byte.toUnsignedInt(section.get(TEXT_AT));
    if (length == 0 || length > LONGEST || TEXT_AT + 1 + length > section.limit()) {
      return "unknown";
    }
    byte[] text = new byte[length];
    section.get(TEXT_AT + 1, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
