package io.tare.capture.memory.executable;

import io.tare.capture.door.ForeignFile;
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
    GoMarks.version(elf, file).ifPresent(version -> facts.put("go", version));
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
