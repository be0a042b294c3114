package io.tare.ledger;

import io.tare.model.Problem;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.NativeThread;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.Capture;
import io.tare.model.cgroup.CgroupReading;
import io.tare.model.proc.MemoryDescriptor;
import io.tare.model.proc.ProcStat;
import io.tare.model.proc.ProcStatus;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import io.tare.model.proc.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the artefacts of one capture say, parsed. Empty means that the artefact was not taken or could not be read;
 * {@code notes} then says why.
 *
 * @param smaps empty when the mappings' counts were refused
 * @param notes what is missing and what would unlock it, in sentences
 */
public record Evidence(
    Capture capture,
    Optional<Smaps> smaps,
    ResidentPages pages,
    Kernel kernel,
    Optional<CgroupReading> cgroup,
    Jvm jvm,
    Natives natives,
    List<String> notes,
    List<Problem> problems) {
  public Evidence {
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  /** Parses every artefact of the capture. */
  public static Evidence read(Capture capture) {
    return EvidenceReader.read(capture);
  }

  /** What the kernel tells of the process besides its mappings. */
  public record Kernel(
      Optional<ProcStat> stat,
      Optional<ProcStatus> status,
      Optional<ProcStatus> statusAfter,
      List<Task> tasks,
      List<MemoryDescriptor> descriptors,
      Map<String, Long> meminfo) {
    public Kernel {
      tasks = List.copyOf(tasks);
      descriptors = List.copyOf(descriptors);
      meminfo = Map.copyOf(meminfo);
    }
  }

  /**
   * What the native side holds.
   *
   * @param executable what the executable file says of itself, by key
   */
  public record Natives(
      Optional<MallocReading> malloc,
      List<NativeThread> threads,
      Optional<RuntimeFacts> go,
      Optional<RuntimeFacts> python,
      Map<String, String> executable) {
    public Natives {
      threads = List.copyOf(threads);
      executable = Map.copyOf(executable);
    }
  }
}
