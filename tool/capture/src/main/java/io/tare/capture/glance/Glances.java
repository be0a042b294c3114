package io.tare.capture.glance;

import io.tare.capture.cgroup.OwnGroup.GroupLimits;
import io.tare.capture.door.FileContent;
import io.tare.capture.door.ForeignFile;
import io.tare.capture.kernel.PageSize;
import io.tare.capture.memory.executable.RuntimeSigns;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.JavaCommand;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.Watchdog;
import io.tare.formats.proc.LabelledNumbers;
import io.tare.model.capture.RuntimeKind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * All processes at a glance: a few small files each, so that hundreds cost well under a second. Kernel threads and processes that
 * have ended are left out.
 */
public final class Glances {

  private static final LabelledNumbers WITHOUT_FILE = new LabelledNumbers(List.of("RssAnon", "RssShmem"));

  private final GroupLimits limits;
  /** By what tells one file from another: many processes run the same program. */
  private final Map<Object, RuntimeKind> programs = new ConcurrentHashMap<>();

  private Glances(GroupLimits limits) {
    this.limits = limits;
  }

  /** All processes, in the order of their pids. */
  public static List<ProcessGlance> glance(Path procRoot) {
    return glance(procRoot, Path.of("/"));
  }

  public static List<ProcessGlance> glance(Path procRoot, Path systemRoot) {
    return glance(procRoot, systemRoot, pid -> {});
  }

  /**
   * All processes that can be read.
   *
   * @param hanging is told the pids of those that are left out because reading them hangs
   */
  public static List<ProcessGlance> glance(Path procRoot, Path systemRoot, LongConsumer hanging) {
    Glances glances = new Glances(new GroupLimits(procRoot, systemRoot));
    List<Long> pids = pids(procRoot);
    // Every other one is read beside the rest: in a JVM that has just started, that takes longer than the kernel's part.
    Future<Half> beside = Watchdog.begin(() -> glances.half(procRoot, pids, 1));
    Half here = glances.half(procRoot, pids, 0);
    // It ends: what hangs in it is left out, as it is here.
    boolean isThere = Watchdog.ends(beside, Duration.ofDays(1));
    Half there = isThere ? Watchdog.result(beside, RuntimeException.class) : new Half(List.of(), List.of());
    Stream.concat(here.hanging().stream(), there.hanging().stream()).sorted().forEach(hanging::accept);
    List<ProcessGlance> all = new ArrayList<>(here.read());
    all.addAll(there.read());
    all.sort((one, other) -> Long.compare(one.pid(), other.pid()));
    return all;
  }

  /** Every other process: who was read, and who hangs. */
  private record Half(List<ProcessGlance> read, List<Long> hanging) {}

  private Half half(Path procRoot, List<Long> pids, int first) {
    List<Long> own = new ArrayList<>();
    for (int i = first; i < pids.size(); i += 2) {
      own.add(pids.get(i));
    }
    List<Long> hanging = new ArrayList<>();
    List<Optional<ProcessGlance>> read = new Watchdog.Many().each(own, pid -> look(new ProcessFolder(procRoot, pid)),
        hanging::add);
    return new Half(read.stream().flatMap(Optional::stream).toList(), hanging);
  }

  /** One process; empty when there is none, or it has no memory. */
  public static Optional<ProcessGlance> one(ProcessFolder folder) {
    return new Glances(new GroupLimits(folder.procRoot(), Path.of("/"))).look(folder);
  }

  static List<Long> pids(Path procRoot) {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(procRoot)) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName());
        if (isNumber(name)) {
          pids.add(Long.parseLong(name));
        }
      }
    } catch (IOException notProc) {
      return List.of();
    }
    pids.sort(null);
    return pids;
  }

  private static boolean isNumber(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return !name.isEmpty() && name.length() < 10;
  }

  private Optional<ProcessGlance> look(ProcessFolder folder) {
    return folder.identity().filter(process -> !process.isKernelThread() && !process.isZombie())
        .map(process -> look(folder, process));
  }

  private ProcessGlance look(ProcessFolder folder, ProcessIdentity process) {
    RuntimeKind kind = kind(folder, process);
    boolean jvm = kind == RuntimeKind.HOTSPOT;
    String label = jvm
        ? JavaCommand.parse(JavaCommand.arguments(folder)).label().orElse(process.name())
        : process.name();
    OptionalLong limit = folder.text("cgroup").map(limits::tightest).orElse(OptionalLong.empty());
    return new ProcessGlance(folder.pid(), process.name(), label, kind,
        process.residentPages() * PageSize.ofThisMachine(), limit, withoutFile(folder), folder.link("exe").isEmpty());
  }

  private RuntimeKind kind(ProcessFolder folder, ProcessIdentity process) {
    Optional<String> program = folder.link("exe");
    return program
        .map(path -> RuntimeSigns.byNames(path, mappedFiles(folder)).orElseGet(() -> kind(folder)))
        .orElseGet(() -> RuntimeSigns.byName(process.name()).orElse(RuntimeKind.UNKNOWN));
  }

  private RuntimeKind kind(ProcessFolder folder) {
    try {
      Object file = Files.readAttributes(folder.file("exe"), BasicFileAttributes.class).fileKey();
      return programs.computeIfAbsent(file, _ -> RuntimeSigns.byContent(() -> executable(folder)));
    } catch (IOException unreadable) {
      return RuntimeKind.NATIVE;
    }
  }

  private static FileContent executable(ProcessFolder folder) throws IOException {
    return folder.isLive()
        ? FileContent.executed(folder.file("exe"))
        : ForeignFile.behind(folder.file("exe"), ForeignFile.Expect.ANYBODYS);
  }

  /** A loop over a text that may be long, in a JVM that has just started. */
  private static Set<String> mappedFiles(ProcessFolder folder) {
    String maps = folder.text("maps").orElse("");
    Set<String> files = new HashSet<>();
    String last = "";
    for (int at = maps.indexOf('/'); at >= 0; at = maps.indexOf('/', at)) {
      int end = maps.indexOf('\n', at);
      end = end < 0 ? maps.length() : end;
      // A file has several mappings in a row.
      if (end - at != last.length() || !maps.startsWith(last, at)) {
        last = maps.substring(at, end);
        files.add(last);
      }
      at = end;
    }
    return files;
  }

  /** Anonymous and shared memory as the kernel counts them: whatever lies in a file's pages is not the program's own. */
  private static OptionalLong withoutFile(ProcessFolder folder) {
    FileRead status = FileRead.of(folder.file("status"), FileRead.SMALL);
    long[] found = new long[2];
    WITHOUT_FILE.read(status.content(), status.size(), found, 0);
    return found[0] == LabelledNumbers.UNKNOWN
        ? OptionalLong.empty()
        : OptionalLong.of(found[0] + Math.max(0, found[1]));
  }
}
