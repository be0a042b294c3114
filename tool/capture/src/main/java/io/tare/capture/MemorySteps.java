package io.tare.capture;

import io.tare.capture.MemoryStep.MappedProcess;
import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.executable.ExecutableFile;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.glibc.GlibcMalloc;
import io.tare.capture.memory.go.GoRuntime;
import io.tare.capture.memory.hotspot.HotspotTables;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.pthread.PthreadScan;
import io.tare.capture.memory.pthread.TaskIds;
import io.tare.capture.memory.python.PythonRuntime;
import io.tare.formats.Parsed;
import io.tare.formats.memory.ExecutableText;
import io.tare.formats.memory.JvmLayoutText;
import io.tare.formats.memory.MallocText;
import io.tare.formats.memory.NativeThreadsText;
import io.tare.formats.memory.RuntimeFactsText;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The one list of what is read out of a target's memory, in order. */
public final class MemorySteps {
  public static final List<MemoryStep> ALL = List.of(
      new MemoryWalk(ArtifactNames.HOTSPOT, kind -> kind == RuntimeKind.HOTSPOT, MemorySteps::hotspot),
      new MemoryWalk(ArtifactNames.MALLOC, kind -> true, MemorySteps::malloc),
      new MemoryWalk(ArtifactNames.PTHREADS, kind -> true, MemorySteps::threads),
      new MemoryWalk(ArtifactNames.GO, kind -> kind == RuntimeKind.GO, MemorySteps::go),
      new MemoryWalk(ArtifactNames.PYTHON, kind -> kind == RuntimeKind.CPYTHON, MemorySteps::python),
      new MemoryWalk(ArtifactNames.EXECUTABLE, kind -> true,
          (memory, process) -> ExecutableText.write(ExecutableFile.read(process.folder().path()))));

  private MemorySteps() {}

  private static String hotspot(LiveMemory memory, MappedProcess process) {
    return JvmLayoutText
        .write(HotspotTables.read(memory, process.smaps(), process.folder().path(), HotspotLimits.DEFAULT));
  }

  private static String malloc(LiveMemory memory, MappedProcess process) {
    return MallocText.write(GlibcMalloc.walk(memory, process.smaps(), GlibcMalloc.DEFAULT_BUDGET));
  }

  private static String threads(LiveMemory memory, MappedProcess process) throws IOException {
    if (process.kind() == RuntimeKind.GO && process.smaps().mappings().stream().noneMatch(MemorySteps::mayBeLibC)) {
      // Go without C makes its threads itself: their stacks lie in its own memory.
      return NativeThreadsText.write(Parsed.of(List.of()));
    }
    TaskIds tasks = TaskIds.read(process.folder().pid(), process.folder().path());
    return withSymbols(memory, process, MemorySteps::mayBeLibC, PthreadScan.SYMBOLS,
        (complete, symbols) -> NativeThreadsText.write(symbols
            .completing(PthreadScan.find(complete, process.smaps(), tasks, symbols), ArtifactNames.PTHREADS)));
  }

  private static String go(LiveMemory memory, MappedProcess process) throws IOException {
    String version = ExecutableFile.read(process.folder().path()).value().fact("go").orElse("");
    return RuntimeFactsText.write(GoRuntime.read(memory, process.smaps(), version));
  }

  private static String python(LiveMemory memory, MappedProcess process) throws IOException {
    return withSymbols(memory, process, PythonRuntime::isInterpreter, PythonRuntime.SYMBOLS,
        (complete, symbols) -> RuntimeFactsText.write(
            symbols.completing(PythonRuntime.read(complete, process.smaps(), symbols), ArtifactNames.PYTHON)));
  }

  /** A walk that needs symbols, and what untouched pages of mapped files say. */
  private interface SymbolWalk {
    String walk(FileBackedMemory memory, ProcessSymbols symbols);
  }

  private static String withSymbols(LiveMemory memory, MappedProcess process, Predicate<Mapping> wanted,
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
