package io.tare.capture;

import io.tare.capture.MemoryWalk.MappedProcess;
import io.tare.capture.door.ForeignFile;
import io.tare.capture.dumped.CoreFile;
import io.tare.capture.dumped.CoreFile.CoreNotes;
import io.tare.capture.dumped.CoreMappings;
import io.tare.capture.dumped.CoreMemory;
import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.RuntimeSigns;
import io.tare.capture.memory.hotspot.census.HeapCensus;
import io.tare.capture.proc.Deadline;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.formats.proc.PageRunsBytes;
import io.tare.formats.proc.SmapsText;
import io.tare.model.Problem;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a {@link Capture} of a core file: what of a process can be said when it is gone. The walks are those of a live process; what a core
 * file has no word of (memory groups, the kernel's counters, settings) is not in the capture.
 */
public final class CoreCapturer implements AutoCloseable {
  private static final int MOST_THREADS = 10_000;
  private static final String FROM_CORE = "from a core file";

  private final Path file;
  private final CoreFile core;
  private final CoreMappings mappings;
  private final Smaps smaps;
  private final Path procRoot;
  private final ProcessFolder folder;
  private final RuntimeKind kind;

  private CoreCapturer(Path file, CoreFile core) throws IOException, NotThisFormat {
    this.file = file;
    this.core = core;
    this.mappings = CoreMappings.of(core);
    this.smaps = SmapsText.parse(ArtifactNames.SMAPS, mappings.smaps(), ParseLimits.DEFAULT).value();
    this.procRoot = Files.createTempDirectory("tare-core");
    this.folder = new ProcessFolder(procRoot, core.notes().pid().orElse(0));
    try {
      makeFolder();
    } catch (IOException | RuntimeException failure) {
      remove(procRoot);
      throw failure;
    }
    // A debugger writes the names of files last: where they were cut off nothing tells the runtime.
    this.kind = core.notes().files().isEmpty()
        ? RuntimeKind.UNKNOWN
        : RuntimeSigns.of(folder.path(), mappings.program(),
            smaps.mappings().stream().map(Mapping::name).collect(Collectors.toSet()));
  }

  /**
   * Opens a core file.
   *
   * @throws NotThisFormat if it is none that can be read
   */
  public static CoreCapturer open(Path file) throws IOException, NotThisFormat {
    CoreFile core = CoreFile.open(file);
    try {
      return new CoreCapturer(file, core);
    } catch (IOException | NotThisFormat | RuntimeException failure) {
      core.close();
      throw failure;
    }
  }

  /**
   * What the walks look up of a process beside its memory: its threads, and where its files are. A file is believed only if it begins as it did in
   * memory.
   */
  private void makeFolder() throws IOException {
    Path process = Files.createDirectory(folder.path());
    Files.createSymbolicLink(process.resolve("root"), Path.of("/"));
    Path tasks = Files.createDirectory(process.resolve("task"));
    for (long thread : core.notes().threads().stream().distinct().limit(MOST_THREADS).toList()) {
      Files.createDirectory(tasks.resolve(Long.toString(thread)));
    }
    if (isSameFile(mappings.program())) {
      Files.createSymbolicLink(process.resolve("exe"), Path.of(mappings.program()));
    }
  }

  /** Whether the file of that name here is the one that was mapped. */
  private boolean isSameFile(String path) throws IOException {
    MappedFiles files = new MappedFiles(folder.path(), new CoreMemory(core, ReadBudget.DEFAULT));
    Optional<ForeignFile> same = smaps.mappings().stream()
        .filter(mapping -> mapping.name().equals(path) && !mapping.isWritable()).findFirst().flatMap(files::open);
    if (same.isPresent()) {
      same.get().close();
    }
    return same.isPresent();
  }

  public Capture capture(CaptureOptions options, Progress progress) throws IOException {
    return capture(MemoryWalk.ALL, options, progress);
  }

  /** With these walks; a failed one costs only what it would have told. */
  public Capture capture(List<MemoryWalk> walks, CaptureOptions options, Progress progress) throws IOException {
    long began = System.nanoTime();
    Map<String, Artifact> artifacts = new LinkedHashMap<>();
    add(Artifact.taken(ArtifactNames.CORE, "", 0, facts()), artifacts);
    add(Artifact.taken(ArtifactNames.SMAPS, FROM_CORE, 0, mappings.smaps()), artifacts);
    add(Artifact.adopting(new Artifact.Label(ArtifactNames.PAGES, Outcome.TAKEN, FROM_CORE, 0),
        PageRunsBytes.encode(mappings.pages())), artifacts);
    MappedProcess process = new MappedProcess(folder, kind, smaps, mappings.pages(), Deadline.in(options.budget()));
    for (MemoryWalk walk : walks) {
      boolean wantsProgram = walk.artifact().equals(ArtifactNames.EXECUTABLE);
      if (walk.appliesTo(kind) && (!wantsProgram || folder.link("exe").isPresent())) {
        progress.step(walk.artifact());
        add(walk.take(new CoreMemory(core, walk.budget()), process), artifacts);
      }
    }
    if (!mappings.program().isEmpty()) {
      add(Artifact.taken(ArtifactNames.EXE, FROM_CORE, 0, mappings.program()), artifacts);
    }
    Instant written = Files.getLastModifiedTime(file).toInstant();
    return new Capture(new Target(folder.pid(), 0, name(), kind), written, FileRead.microsSince(began), List.of(),
        artifacts);
  }

  /**
   * Objects and bytes by class, of a JVM.
   *
   * @throws NotThisFormat if the file has no Java heap that can be walked
   */
  public Parsed<TypeCensus> census(HeapCensus.Options options) throws IOException, NotThisFormat {
    if (kind != RuntimeKind.HOTSPOT) {
      throw new NotThisFormat(kind == RuntimeKind.UNKNOWN
          ? "the core file was cut off before it says which files were mapped, so no Java heap can be found in it"
          : "this is the core file of a " + kind.words()
              + " process; a Java heap is looked for in those of HotSpot JVMs");
    }
    CoreMemory memory = new CoreMemory(core, MemoryWalk.census(options).budget());
    try (FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), folder.path())) {
      Parsed<Optional<TypeCensus>> taken = HeapCensus.take(complete, smaps, folder.path(), options);
      if (taken.value().isEmpty()) {
        throw new NotThisFormat("no Java heap can be read from the core file: "
            + taken.problems().stream().map(Problem::message).collect(Collectors.joining("; ")));
      }
      return new Parsed<>(taken.value().get(), taken.problems());
    }
  }

  /** What the file promises and does not hold. */
  public long missingBytes() {
    return core.missingBytes();
  }

  private static void add(Artifact artifact, Map<String, Artifact> to) {
    to.put(artifact.name(), artifact);
  }

  private String facts() {
    CoreNotes notes = core.notes();
    return Fact.of("core", "held", Long.toString(mappings.heldBytes()), "mapped", Long.toString(mappings.mappedBytes()),
        "missing",
        Long.toString(core.missingBytes()), "signal", Integer.toString(notes.signal())).line() + "\n";
  }

  private String name() {
    String told = core.notes().name();
    return told.isEmpty() ? String.valueOf(file.getFileName()) : told;
  }

  @Override
  public void close() throws IOException {
    core.close();
    remove(procRoot);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> made = Files.walk(folder)) {
      for (Path path : made.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
