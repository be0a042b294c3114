package io.tare.capture.memory.executable;

import io.tare.capture.door.FileContent;
import io.tare.capture.door.ForeignFile;
import io.tare.capture.memory.elf.ElfSymbols;
import io.tare.formats.NotThisFormat;
import io.tare.model.capture.RuntimeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a process's runtime by the libraries that it maps, by its executable's name and by what is in that file: never by an address,
 * which another version may choose otherwise.
 */
public final class RuntimeSigns {
  private static final String DELETED = " (deleted)";

  /** Libraries that only programs of that runtime map; the more particular first: OpenJ9 brings a {@code libjvm.so}, too. */
  private static final List<Sign> LIBRARIES = List.of(sign("libj9vm", "\\d*\\.so", RuntimeKind.OPENJ9),
      sign("libjvm.so", "", RuntimeKind.HOTSPOT),
      sign("libpython", "\\d[\\d.]*\\w*\\.so[\\d.]*", RuntimeKind.CPYTHON),
      sign("libcoreclr.so", "", RuntimeKind.DOTNET), sign("libnode.so", "[\\d.]*", RuntimeKind.V8),
      sign("libruby", "[\\d.-]*\\.so[\\d.]*", RuntimeKind.RUBY), sign("libphp", "\\d?\\.so", RuntimeKind.PHP));

  private static final List<Sign> PROGRAMS = List.of(sign("python", "\\d?[\\d.]*", RuntimeKind.CPYTHON),
      sign("node", "(js)?", RuntimeKind.V8), sign("ruby", "[\\d.]*", RuntimeKind.RUBY),
      sign("php", "(-(fpm|cgi))?[\\d.]*", RuntimeKind.PHP), sign("beam", "(\\.smp)?", RuntimeKind.BEAM),
      sign("dotnet", "", RuntimeKind.DOTNET), sign("mariadbd", "", RuntimeKind.MARIADB),
      sign("mysqld", "", RuntimeKind.MYSQL));

  private static final Sign LAUNCHER = sign("java", "", RuntimeKind.HOTSPOT);

  private RuntimeSigns() {}

  /** What a file's name begins with, which tells most of them apart at once, and how it goes on. */
  private record Sign(String start, Pattern rest, RuntimeKind kind) {
    boolean fits(String path) {
      String name = path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
      int at = name.lastIndexOf('/') + 1;
      return name.startsWith(start, at) && rest.matcher(name.substring(at + start.length())).matches();
    }
  }

  private static Sign sign(String start, String rest, RuntimeKind kind) {
    return new Sign(start, Pattern.compile(rest), kind);
  }

  /**
   * The runtime of a process; {@code NATIVE} when nothing speaks for one.
   *
   * @param procPid its folder {@code /proc/PID}
   * @param program the path of its executable
   * @param mapped the names of its mappings, as far as they are known
   */
  public static RuntimeKind of(Path procPid, String program, Collection<String> mapped) {
    return byNames(program, mapped).orElseGet(
        () -> byContent(() -> ForeignFile.behind(procPid.resolve("exe"), ForeignFile.Expect.ANYBODYS)));
  }

  /** As far as the names tell it, without opening the executable. */
  public static Optional<RuntimeKind> byNames(String program, Collection<String> mapped) {
    return first(LIBRARIES, mapped).or(() -> mapped.isEmpty() ? byName(program) : first(PROGRAMS, List.of(program)));
  }

  /** What a command of this name usually is, for a process of which nothing else can be read. */
  public static Optional<RuntimeKind> byName(String program) {
    return LAUNCHER.fits(program) ? Optional.of(LAUNCHER.kind()) : first(PROGRAMS, List.of(program));
  }

  private static Optional<RuntimeKind> first(List<Sign> signs, Collection<String> paths) {
    for (Sign sign : signs) {
      for (String path : paths) {
        if (sign.fits(path)) {
          return Optional.of(sign.kind());
        }
      }
    }
    return Optional.empty();
  }

  /** What the executable itself tells: always the same of the same file. */
  public static RuntimeKind byContent(Opening opening) {
    try (FileContent file = opening.open()) {
      ElfSymbols elf = ElfSymbols.of(file);
      if (GoMarks.version(elf, file).isPresent()) {
        return RuntimeKind.GO;
      }
      return elf.section(".svm_heap").isPresent() ? RuntimeKind.NATIVE_IMAGE : RuntimeKind.NATIVE;
    } catch (IOException | NotThisFormat unreadable) {
      return RuntimeKind.NATIVE;
    }
  }

  /** Opens an executable. */
  @FunctionalInterface
  public interface Opening {
    FileContent open() throws IOException;
  }
}
