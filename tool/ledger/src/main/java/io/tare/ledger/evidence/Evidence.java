package io.tare.ledger.evidence;

import io.tare.model.Problem;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.cgroup.CgroupReading;
import io.tare.model.proc.FileExtent;
import io.tare.model.proc.MemoryDescriptor;
import io.tare.model.proc.ProcStat;
import io.tare.model.proc.ProcStatus;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import io.tare.model.proc.Task;
import io.tare.model.report.Unread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the artefacts of one capture say, parsed. Empty means that the artefact was not taken or could not be read;
 * {@code notes} then says why.
 *
 * @param smaps empty when the mappings' counts were refused
 * @param facts what the runtimes that live in the process say of themselves, each in a type of its own
 * @param notes what is missing and what would unlock it, in sentences
 */
public record Evidence(
    Capture capture,
    Optional<Smaps> smaps,
    ResidentPages pages,
    Kernel kernel,
    Optional<CgroupReading> cgroup,
    Map<Class<?>, Object> facts,
    List<String> notes,
    List<Problem> problems) {
  /** {@code USER_HZ}: the unit of start times in /proc, 100 on every Linux that HotSpot runs on. */
  private static final long TICKS_PER_SECOND = 100;

  public Evidence {
    facts = Map.copyOf(facts);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  /** What a runtime says of itself; empty where it says nothing. */
  public <T> Optional<T> facts(Class<T> type) {
    return Optional.ofNullable(facts.get(type)).map(type::cast);
  }

  /** Whether the process is gone and left a core file. */
  public boolean isOfCore() {
    return capture.artifact(ArtifactNames.CORE).isPresent();
  }

  /** What the kernel refused; empty where all that was asked for could be read. */
  public Optional<Unread> unread() {
    return Refusals.of(capture);
  }

  /** How long the process has been running at the moment of the reading; empty when that is unknown. */
  public OptionalLong uptimeMillis() {
    String machine = capture.text(ArtifactNames.UPTIME).orElse("").strip();
    int blank = machine.indexOf(' ');
    try {
      double seconds = Double.parseDouble(blank < 0 ? machine : machine.substring(0, blank));
      long start = capture.target().startTicks() * 1000 / TICKS_PER_SECOND;
      return OptionalLong.of(Math.max(0, (long) (seconds * 1000) - start));
    } catch (NumberFormatException unknown) {
      return OptionalLong.empty();
    }
  }

  /** What the kernel tells of the process besides its mappings. */
  public record Kernel(
      Optional<ProcStat> stat,
      Optional<ProcStatus> status,
      Optional<ProcStatus> statusAfter,
      List<Task> tasks,
      List<MemoryDescriptor> descriptors,
      Map<String, Long> meminfo,
      List<FileExtent> mappedFiles) {
    public Kernel {
      tasks = List.copyOf(tasks);
      descriptors = List.copyOf(descriptors);
      meminfo = Map.copyOf(meminfo);
      mappedFiles = List.copyOf(mappedFiles);
    }
  }
}
