package io.tare.capture;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.glibc.GlibcMalloc;
import io.tare.capture.memory.hotspot.HotspotLimits;
import io.tare.capture.memory.hotspot.HotspotTables;
import io.tare.capture.memory.pthread.PthreadScan;
import io.tare.capture.memory.pthread.TaskIds;
import io.tare.formats.memory.JvmLayoutText;
import io.tare.formats.memory.MallocText;
import io.tare.formats.memory.NativeThreadsText;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The one list of what is read out of a target's memory, in order. */
public final class MemorySteps {
  public static final List<MemoryStep> ALL = List.of(
      new MemoryWalk(ArtifactNames.HOTSPOT, kind -> kind == RuntimeKind.HOTSPOT, (memory, process) -> JvmLayoutText
          .write(HotspotTables.read(memory, process.smaps(), process.folder().path(), HotspotLimits.DEFAULT))),
      new MemoryWalk(ArtifactNames.PTHREADS, kind -> kind != RuntimeKind.GO, MemorySteps::threads),
      new MemoryWalk(ArtifactNames.MALLOC, kind -> true,
          (memory, process) -> MallocText
              .write(GlibcMalloc.walk(memory, process.smaps(), GlibcMalloc.DEFAULT_BUDGET))));

  private MemorySteps() {}

  private static boolean mayBeLibC(Mapping mapping) {
    String file = mapping.name().substring(mapping.name().lastIndexOf('/') + 1);
    return file.startsWith("libc.so") || file.startsWith("libc-") || file.startsWith("libpthread");
  }

  private static String threads(LiveMemory memory, MemoryStep.MappedProcess process) throws IOException {
    Path folder = process.folder().path();
    TaskIds tasks = TaskIds.read(process.folder().pid(), folder);
    try (FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(process.smaps()), folder)) {
      ProcessSymbols symbols = ProcessSymbols.find(new MappedFiles(folder, complete), process.smaps(),
          MemorySteps::mayBeLibC,
          PthreadScan.SYMBOLS);
      return NativeThreadsText.write(PthreadScan.find(complete, process.smaps(), tasks, symbols));
    }
  }
}
