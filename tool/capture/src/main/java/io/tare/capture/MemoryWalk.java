package io.tare.capture;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.ZeroScan;
import io.tare.capture.memory.allocators.ForeignAllocators;
import io.tare.capture.memory.databases.InnodbPool;
import io.tare.capture.memory.dotnet.DotnetHeap;
import io.tare.capture.memory.executable.ExecutableFile;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.glibc.GlibcMalloc;
import io.tare.capture.memory.go.GoAllocations;
import io.tare.capture.memory.go.GoRuntime;
import io.tare.capture.memory.hotspot.HotspotTables;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.hotspot.census.HeapCensus;
import io.tare.capture.memory.hotspot.census.HeapTrace;
import io.tare.capture.memory.pthread.PthreadScan;
import io.tare.capture.memory.pthread.TaskIds;
import io.tare.capture.memory.python.PythonCensus;
import io.tare.capture.memory.python.PythonRuntime;
import io.tare.capture.memory.scripts.ScriptHeap;
import io.tare.capture.memory.v8.V8Runtime;
import io.tare.capture.proc.Deadline;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.Parsed;
import io.tare.formats.memory.AllocationsText;
import io.tare.formats.memory.ExecutableText;
import io.tare.formats.memory.JvmLayoutText;
import io.tare.formats.memory.MallocText;
import io.tare.formats.memory.NativeThreadsText;
import io.tare.formats.memory.RuntimeFactsText;
import io.tare.formats.memory.TypeCensusText;
import io.tare.formats.memory.ZeroPagesText;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Reads one thing out of the target's memory, or out of its executable, once its mappings are known, and writes it down as lines of facts.
 *
 * @param artifact the name of the artefact that it makes
 * @param budget how much of the memory it may look at
 */
public record MemoryWalk(String artifact, Predicate<RuntimeKind> kinds, Walk walk, ReadBudget budget) {
  private static final long MOST_HEAP_BYTES = 1L << 40;
  /** So that a walk notices that its time is over before its memory goes dark. */
  private static final Duration TO_FINISH = Duration.ofSeconds(2);

  public MemoryWalk(String artifact, Predicate<RuntimeKind> kinds, Walk walk) {
    this(artifact, kinds, walk, ReadBudget.DEFAULT);
  }

  /** The one list of them, in order. */
  public static final List<MemoryWalk> ALL = List.of(
      new MemoryWalk(ArtifactNames.HOTSPOT, kind -> kind == RuntimeKind.HOTSPOT, MemoryWalk::hotspot),
      new MemoryWalk(ArtifactNames.MALLOC, kind -> true, MemoryWalk::malloc),
      new MemoryWalk(ArtifactNames.PTHREADS, kind -> true, MemoryWalk::threads),
      new MemoryWalk(ArtifactNames.GO, kind -> kind == RuntimeKind.GO, MemoryWalk::go),
      new MemoryWalk(ArtifactNames.PYTHON, kind -> kind == RuntimeKind.CPYTHON, MemoryWalk::python),
      new MemoryWalk(ArtifactNames.V8, kind -> kind == RuntimeKind.V8, MemoryWalk::v8),
      new MemoryWalk(ArtifactNames.SCRIPT_HEAP, ScriptHeap::isOf,
          (memory, process) -> RuntimeFactsText.write(ScriptHeap.read(process.kind(), memory, process.smaps()))),
      new MemoryWalk(ArtifactNames.DATABASE, kind -> kind == RuntimeKind.MARIADB,
          (memory, process) -> RuntimeFactsText.write(InnodbPool.read(memory, process.smaps()))),
      new MemoryWalk(ArtifactNames.DOTNET, kind -> kind == RuntimeKind.DOTNET, MemoryWalk::dotnet),
      new MemoryWalk(ArtifactNames.ZEROS, kind -> kind != RuntimeKind.HOTSPOT && kind != RuntimeKind.GO,
          (memory, process) -> ZeroPagesText.write(ZeroScan.scan(memory, process.smaps(), process.pages()))),
      new MemoryWalk(ArtifactNames.EXECUTABLE, kind -> true,
          (memory, process) -> ExecutableText.write(ExecutableFile.read(process.folder().path()))));

  /** Who allocated what: only where it is asked for. */
  public static final MemoryWalk PROFILE = new MemoryWalk(ArtifactNames.GO_PROFILE, kind -> kind == RuntimeKind.GO,
      MemoryWalk::goProfile);

  /** The objects of a JVM or of CPython by type: only where it is asked for. */
  public static MemoryWalk census(HeapCensus.Options options) {
    return new MemoryWalk(ArtifactNames.CENSUS, kind -> kind == RuntimeKind.HOTSPOT || kind == RuntimeKind.CPYTHON,
        (memory, process) -> process.kind() == RuntimeKind.HOTSPOT
            ? javaCensus(memory, process, options)
            : pythonCensus(memory, process),
        new ReadBudget(MOST_HEAP_BYTES, options.time().plus(TO_FINISH)));
  }

  /** The objects of a JVM that are reached from its roots, by class: only where it is asked for. */
  public static MemoryWalk live(Duration time) {
    return new MemoryWalk(ArtifactNames.CENSUS, kind -> kind == RuntimeKind.HOTSPOT,
        (memory, process) -> traced(memory, process, time), new ReadBudget(MOST_HEAP_BYTES, time.plus(TO_FINISH)));
  }

  /** What walks the memory and returns the artefact's text. */
  public interface Walk {
    String walk(ProcessMemory memory, MappedProcess process) throws IOException;
  }

  /**
   * What is known of the target when its memory is read.
   *
   * @param pages which pages were present a moment ago
   * @param deadline when to stop
   */
  public record MappedProcess(ProcessFolder folder, RuntimeKind kind, Smaps smaps, ResidentPages pages,
      Deadline deadline) {}

  /** Whether a target of this kind can have such a thing. */
  boolean appliesTo(RuntimeKind kind) {
    return kinds.test(kind);
  }

  /** Of a live process. */
  Artifact take(MappedProcess process) {
    return take(() -> {
      try (LiveMemory memory = LiveMemory.open(process.folder().path(), budget)) {
        return walk.walk(memory, process);
      }
    });
  }

  /** Of memory that is open already. */
  Artifact take(ProcessMemory memory, MappedProcess process) {
    return take(() -> walk.walk(memory, process));
  }

  private interface Taking {
    String text() throws IOException;
  }

  private Artifact take(Taking taking) {
    long began = System.nanoTime();
    try {
      byte[] text = taking.text().getBytes(StandardCharsets.UTF_8);
      return Artifact.adopting(new Artifact.Label(artifact, Outcome.TAKEN, "", FileRead.microsSince(began)), text);
    } catch (NoSuchFileException ended) {
      return Artifact.missing(artifact, Outcome.GONE, "the process ended while it was read");
    } catch (AccessDeniedException refused) {
      return Artifact.missing(artifact, Outcome.DENIED,
          "reading memory takes the process's own user and permission to trace it, or root");
    } catch (IOException failure) {
      return Artifact.missing(artifact, Outcome.FAILED, String.valueOf(failure.getMessage()));
    } catch (RuntimeException fault) {
      // The one place for what a walk did not foresee in a target's bytes: it costs this walk, and not the whole reading.
      return Artifact.missing(artifact, Outcome.FAILED, note(fault));
    }
  }

  /** Names the fault and its place; its message could hold the target's content. */
  private static String note(RuntimeException fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    String place = Arrays.stream(trace).filter(frame -> frame.getClassName().startsWith("io.tare.")).findFirst()
        .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber()).orElse("");
    return "the walk failed on what it found (" + fault.getClass().getSimpleName() + place + ")";
  }

  private static String hotspot(ProcessMemory memory, MappedProcess process) {
    return JvmLayoutText
        .write(HotspotTables.read(memory, process.smaps(), process.folder().path(), HotspotLimits.DEFAULT));
  }

  private static String javaCensus(ProcessMemory memory, MappedProcess process, HeapCensus.Options options)
      throws IOException {
    Path folder = process.folder().path();
    try (FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(process.smaps()), folder)) {
      return TypeCensusText.write(HeapCensus.take(complete, process.smaps(), folder, options));
    }
  }

  private static String traced(ProcessMemory memory, MappedProcess process, Duration time) throws IOException {
    Path folder = process.folder().path();
    try (FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(process.smaps()), folder)) {
      return TypeCensusText.write(HeapTrace.take(complete, process.smaps(), folder, time));
    }
  }

  private static String pythonCensus(ProcessMemory memory, MappedProcess process) throws IOException {
    return withSymbols(memory, process, PythonRuntime::isInterpreter, PythonCensus.SYMBOLS,
        (complete, symbols) -> TypeCensusText.write(PythonCensus.take(complete, process.smaps(), symbols)));
  }

  private static String malloc(ProcessMemory memory, MappedProcess process) {
    boolean mayBeLinkedIn = switch (process.kind()) {
      case NATIVE, MARIADB, MYSQL -> true;
      default -> false;
    };
    return MallocText
        .write(ForeignAllocators.walk(memory, process.smaps(), GlibcMalloc.DEFAULT_BUDGET, mayBeLinkedIn));
  }

  private static String threads(ProcessMemory memory, MappedProcess process) throws IOException {
    if (process.kind() == RuntimeKind.GO && process.smaps().mappings().stream().noneMatch(MemoryWalk::mayBeLibC)) {
      // Go without C makes its threads itself: their stacks lie in its own memory.
      return NativeThreadsText.write(Parsed.of(List.of()));
    }
    TaskIds tasks = TaskIds.read(process.folder().pid(), process.folder().path());
    return withSymbols(memory, process, MemoryWalk::mayBeLibC, PthreadScan.SYMBOLS,
        (complete, symbols) -> NativeThreadsText.write(symbols
            .completing(PthreadScan.find(complete, process.smaps(), tasks, symbols), ArtifactNames.PTHREADS)));
  }

  private static String go(ProcessMemory memory, MappedProcess process) throws IOException {
    return ofGo(memory, process,
        (complete, version) -> RuntimeFactsText.write(GoRuntime.read(complete, process.smaps(), version)));
  }

  private static String goProfile(ProcessMemory memory, MappedProcess process) throws IOException {
    return ofGo(memory, process,
        (complete, version) -> AllocationsText.write(GoAllocations.read(complete, process.smaps(), version)));
  }

  /** @param read takes the memory, and the version as the executable tells it */
  private static String ofGo(ProcessMemory memory, MappedProcess process,
      BiFunction<FileBackedMemory, String, String> read)
      throws IOException {
    Path folder = process.folder().path();
    String version = ExecutableFile.read(folder).value().fact("go").orElse("");
    try (FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(process.smaps()), folder)) {
      return read.apply(complete, version);
    }
  }

  private static String python(ProcessMemory memory, MappedProcess process) throws IOException {
    return withSymbols(memory, process, PythonRuntime::isInterpreter, PythonRuntime.SYMBOLS,
        (complete, symbols) -> RuntimeFactsText.write(
            symbols.completing(PythonRuntime.read(complete, process.smaps(), symbols), ArtifactNames.PYTHON)));
  }

  private static String dotnet(ProcessMemory memory, MappedProcess process) throws IOException {
    Path folder = process.folder().path();
    try (FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(process.smaps()), folder)) {
      return RuntimeFactsText.write(DotnetHeap.read(complete, process.smaps()));
    }
  }

  private static String v8(ProcessMemory memory, MappedProcess process) throws IOException {
    return withSymbols(memory, process, V8Runtime::isEngine, V8Runtime.SYMBOLS,
        (complete, symbols) -> RuntimeFactsText
            .write(symbols.completing(V8Runtime.read(complete, process.smaps(), symbols), ArtifactNames.V8)));
  }

  /** A walk that needs symbols, and what untouched pages of mapped files say. */
  private interface SymbolWalk {
    String walk(FileBackedMemory memory, ProcessSymbols symbols);
  }

  private static String withSymbols(ProcessMemory memory, MappedProcess process, Predicate<Mapping> wanted,
      Set<String> names, SymbolWalk walk) throws IOException {
    Path folder = process.folder().path();
    try (FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(process.smaps()), folder)) {
      MappedFiles files = new MappedFiles(folder, complete);
      return walk.walk(complete, ProcessSymbols.find(files, process.smaps(), wanted, names));
    }
  }

  private static boolean mayBeLibC(Mapping mapping) {
    String file = mapping.name().substring(mapping.name().lastIndexOf('/') + 1);
    return file.startsWith("libc.so") || file.startsWith("libc-") || file.startsWith("libpthread");
  }
}
