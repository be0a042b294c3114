package io.tare.capture;

import io.tare.capture.CaptureException.Reason;
import io.tare.capture.MemoryWalk.MappedProcess;
import io.tare.capture.attach.Ask.Question;
import io.tare.capture.attach.Asker;
import io.tare.capture.cgroup.CgroupCollector;
import io.tare.capture.cgroup.CgroupCollector.GroupMembers;
import io.tare.capture.memory.executable.RuntimeSigns;
import io.tare.capture.proc.Deadline;
import io.tare.capture.proc.DescriptorList;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.MappedFileList;
import io.tare.capture.proc.PresentPages;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.Settings;
import io.tare.capture.proc.TaskList;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.proc.SmapsText;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One reading of one process, step by step. What moves fastest is taken closest to the mappings, which all else is measured
 * against; the status is taken first and last, and its difference is what looking cost the target.
 */
final class CaptureRun {
  private static final long MOST_SMAPS = 1L << 30;
  private static final String ENDED = "the process ended while it was read";

  private final ProcessFolder folder;
  private final ProcessIdentity target;
  private final CaptureOptions options;
  private final Progress progress;
  private final Deadline deadline;
  /** By name, in the order in which they are taken. */
  private final Map<String, Artifact> artifacts = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Asker asker;

  CaptureRun(ProcessFolder folder, ProcessIdentity target, CaptureOptions options, Progress progress) {
    this.folder = folder;
    this.target = target;
    this.options = options;
    this.progress = progress;
    this.deadline = Deadline.in(options.budget());
    this.asker = new Asker(folder, target.startTicks(), options.answerTime());
  }

  Capture take(List<MemoryWalk> memoryWalks) throws CaptureException {
    Instant takenAt = Instant.now();
    long began = System.nanoTime();
    Optional<String> program = folder.link("exe");
    file(ArtifactNames.STAT, "stat");
    file(ArtifactNames.STATUS, "status");
    file(ArtifactNames.STATM, "statm");
    ask(Question.beforehand(options.asks()));
    Optional<Supplier<FileRead>> members = groups();
    Smaps smaps = mappings();
    RuntimeKind kind = kind(program, smaps);
    memory(memoryWalks, kind, smaps);
    surroundings(kind, program, members);
    add(MappedFileList.take(folder, smaps));
    ask(Question.afterwards(options.asks()));
    file(ArtifactNames.STATUS_AFTER, "status");
    mustStillBe(program);
    return new Capture(new Target(target.pid(), target.startTicks(), target.name(), kind), takenAt,
        FileRead.microsSince(began), asked, artifacts);
  }

  private RuntimeKind kind(Optional<String> program, Smaps smaps) {
    return smaps.mappings().isEmpty()
        ? RuntimeKind.UNKNOWN
        : RuntimeSigns.of(folder.path(), program.orElse(""),
            smaps.mappings().stream().map(Mapping::name).collect(Collectors.toSet()));
  }

  private void add(Artifact artifact) {
    artifacts.put(artifact.name(), artifact);
  }

  private void file(String artifact, String file) {
    FileRead read = read(artifact, file, FileRead.SMALL);
    add(folder.exists() ? read.as(artifact) : read.as(artifact, Outcome.GONE, ENDED));
  }

  private FileRead read(String artifact, String file, long most) {
    progress.step(artifact);
    return FileRead.of(folder.file(file), most);
  }

  private void ask(List<Question> questions) {
    if (questions.isEmpty()) {
      return;
    }
    progress.step("asking the target");
    Asker.Answers answers = asker.ask(questions);
    answers.artifacts().forEach(this::add);
    if (answers.contacted()) {
      questions.stream().map(question -> question.ask().word()).distinct()
          .filter(word -> !asked.contains(word)).forEach(asked::add);
    }
  }

  private Optional<Supplier<FileRead>> groups() {
    if (!isForReport()) {
      return Optional.empty();
    }
    progress.step("cgroup");
    CgroupCollector.Collected collected = new CgroupCollector(folder, options.systemRoot()).collect();
    collected.artifacts().forEach(this::add);
    return collected.members();
  }

  /** The anchor of the reading. Where the kernel refuses it, the plain mapping list is tried, which it refuses as a rule too. */
  private Smaps mappings() throws CaptureException {
    FileRead smaps = read(ArtifactNames.SMAPS, "smaps", MOST_SMAPS);
    Artifact artifact = smaps.as(ArtifactNames.SMAPS);
    add(artifact);
    mustBeAlive();
    if (smaps.hasContent() && smaps.size() == 0) {
      throw ended();
    }
    if (!smaps.hasContent()) {
      file(ArtifactNames.MAPS, "maps");
      return new Smaps(List.of());
    }
    try {
      return SmapsText.parse(ArtifactNames.SMAPS, smaps.content(), ParseLimits.DEFAULT).value();
    } catch (NotThisFormat broken) {
      return new Smaps(List.of());
    }
  }

  private void memory(List<MemoryWalk> walks, RuntimeKind kind, Smaps smaps) {
    progress.step(ArtifactNames.PAGES);
    PresentPages.Survey survey = PresentPages.survey(folder, smaps, deadline);
    add(survey.artifact());
    if (kind == RuntimeKind.HOTSPOT) {
      progress.step(ArtifactNames.HSPERFDATA);
      add(Hsperfdata.read(folder).artifact());
    }
    MappedProcess mapped = new MappedProcess(folder, kind, smaps, survey.pages(), deadline);
    for (MemoryWalk walk : walks) {
      if (walk.appliesTo(kind)) {
        progress.step(walk.artifact());
        add(deadline.isOver()
            ? Artifact.missing(walk.artifact(), Outcome.SKIPPED, deadline.note())
            : walk.take(mapped));
      }
    }
  }

  private void surroundings(RuntimeKind kind, Optional<String> program, Optional<Supplier<FileRead>> members) {
    progress.step(ArtifactNames.TASKS);
    add(TaskList.take(folder, deadline));
    progress.step(ArtifactNames.FDS);
    add(DescriptorList.take(folder, deadline));
    add(program.map(path -> Artifact.taken(ArtifactNames.EXE, "", 0, path)).orElseGet(
        () -> Artifact.missing(ArtifactNames.EXE, Outcome.DENIED, "it takes the process's own user, or root")));
    if (isForReport()) {
      progress.step(ArtifactNames.SETTINGS);
      add(Settings.take(folder, kind == RuntimeKind.HOTSPOT));
      add(FileRead.of(options.procRoot().resolve("meminfo"), FileRead.SMALL).as(ArtifactNames.MEMINFO));
    }
    add(FileRead.of(options.procRoot().resolve("uptime"), FileRead.SMALL).as(ArtifactNames.UPTIME));
    members.ifPresent(list -> add(GroupMembers.take(options.procRoot(), list.get())));
  }

  private boolean isForReport() {
    return options.extent() == CaptureOptions.Extent.REPORT;
  }

  private void mustBeAlive() throws CaptureException {
    ProcessIdentity now = folder.identity().orElseThrow(this::ended);
    if (now.isZombie() || now.isExiting()) {
      throw ended();
    }
    mustBeTarget(now);
  }

  private void mustBeTarget(ProcessIdentity now) throws CaptureException {
    if (!now.isSameProcess(target)) {
      throw new CaptureException(Reason.GONE, "process " + target.pid()
          + " ended while it was read, and its pid belongs to another process now; what was read is thrown away");
    }
  }

  private CaptureException ended() {
    return new CaptureException(Reason.GONE,
        "process " + target.pid() + " (" + target.name() + ") ended before its memory could be read");
  }

  /**
   * What was read belongs together only if it came from one process and one program. A process that has ended by now leaves what
   * was taken before: the mappings were whole.
   */
  private void mustStillBe(Optional<String> program) throws CaptureException {
    Optional<ProcessIdentity> now = folder.identity();
    if (now.isEmpty() || now.get().isZombie()) {
      add(Artifact.missing(ArtifactNames.STATUS_AFTER, Outcome.GONE, ENDED));
      return;
    }
    mustBeTarget(now.get());
    // The name alone is not enough: between two programs a process has the new name and the memory of neither.
    if (!now.get().hasSameImage(target) || !programOf(folder.link("exe")).equals(programOf(program))) {
      throw new CaptureException(Reason.OTHER_PROGRAM, "process " + target.pid()
          + " became another program while it was read, or began its own anew, each time that it was tried; read it again");
    }
  }

  /** A file that is replaced on disk is still the same program. */
  private static Optional<String> programOf(Optional<String> link) {
    return link.map(path -> path.replace(" (deleted)", ""));
  }
}
