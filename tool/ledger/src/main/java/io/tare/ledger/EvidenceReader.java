package io.tare.ledger;

import io.tare.formats.ParseLimits;
import io.tare.formats.cgroup.CgroupText;
import io.tare.formats.facts.Fact;
import io.tare.formats.proc.DescriptorsText;
import io.tare.formats.proc.FileExtentsText;
import io.tare.formats.proc.MeminfoText;
import io.tare.formats.proc.PageRunsBytes;
import io.tare.formats.proc.SmapsText;
import io.tare.formats.proc.StatText;
import io.tare.formats.proc.StatusText;
import io.tare.formats.proc.TasksText;
import io.tare.ledger.evidence.ArtifactReader;
import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.cgroup.CgroupReading;
import io.tare.model.cgroup.Level;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Parses a capture's artefacts: the kernel's here, and each runtime's by itself. */
public final class EvidenceReader {
  private static final ParseLimits LIMITS = ParseLimits.DEFAULT;

  private EvidenceReader() {}

  /** Parses every artefact of the capture. */
  public static Evidence read(Capture capture) {
    ArtifactReader reader = new ArtifactReader(capture);
    Optional<Smaps> smaps = reader.bytes(ArtifactNames.SMAPS, (a, c) -> SmapsText.parse(a, c, LIMITS));
    ResidentPages pages = reader.bytes(ArtifactNames.PAGES, (a, c) -> PageRunsBytes.parse(a, c, LIMITS))
        .orElse(ResidentPages.NONE);
    Evidence.Kernel kernel = kernel(reader);
    Map<Class<?>, Object> facts = new HashMap<>();
    // What is common to all programs is read, and complained of, first.
    for (KnownRuntime runtime : KnownRuntimes.ALL.reversed()) {
      runtime.read(reader).ifPresent(told -> facts.put(told.getClass(), told));
    }
    Optional<CgroupReading> groups = groups(capture, reader);
    List<String> notes = Stream.concat(CoreWords.of(reader).stream(), reader.notes().stream()).toList();
    return new Evidence(capture, smaps, pages, kernel, groups, facts, notes, reader.problems());
  }

  private static Evidence.Kernel kernel(ArtifactReader reader) {
    return new Evidence.Kernel(reader.text(ArtifactNames.STAT, (a, c) -> StatText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.STATUS, (a, c) -> StatusText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.STATUS_AFTER, (a, c) -> StatusText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.TASKS, (a, c) -> TasksText.parse(a, c, LIMITS)).orElse(List.of()),
        reader.text(ArtifactNames.FDS, (a, c) -> DescriptorsText.parse(a, c, LIMITS)).orElse(List.of()),
        reader.text(ArtifactNames.MEMINFO, (a, c) -> MeminfoText.parse(a, c, LIMITS)).orElse(Map.of()),
        reader.text(ArtifactNames.MAPPED_FILES, (a, c) -> FileExtentsText.parse(a, c, LIMITS)).orElse(List.of()));
  }

  // memory groups

  private static Optional<CgroupReading> groups(Capture capture, ArtifactReader reader) {
    List<Fact> facts = reader.text(ArtifactNames.CGROUP_LEVELS, (a, c) -> Fact.parseAll(a, c, LIMITS))
        .orElse(List.of());
    List<Level> levels = new ArrayList<>();
    long version = 0;
    for (Fact fact : facts) {
      version = fact.number("version").orElse(version);
      level(fact, capture, reader).ifPresent(levels::add);
    }
    return levels.isEmpty() ? Optional.empty() : Optional.of(new CgroupReading((int) version, levels, members(reader)));
  }

  private static Optional<Level> level(Fact fact, Capture capture, ArtifactReader reader) {
    OptionalLong number = fact.number("n");
    if (number.isEmpty()) {
      return Optional.empty();
    }
    String folder = ArtifactNames.CGROUP + number.getAsLong() + "/";
    Map<String, String> files = new LinkedHashMap<>();
    for (Artifact artifact : capture.artifacts().values()) {
      if (artifact.name().startsWith(folder) && artifact.hasContent()) {
        files.put(artifact.name().substring(folder.length()), artifact.text());
      }
    }
    String path = fact.text("path").orElse("");
    return files.isEmpty()
        ? Optional.empty()
        : reader.assembled(folder, () -> CgroupText.parseLevel(folder, path, files, LIMITS));
  }

  private static List<CgroupReading.Member> members(ArtifactReader reader) {
    return reader.text(ArtifactNames.CGROUP_MEMBERS, (a, c) -> Fact.parseAll(a, c, LIMITS)).orElse(List.of()).stream()
        .filter(fact -> fact.number("pid").isPresent())
        .map(fact -> new CgroupReading.Member(fact.number("pid").getAsLong(), fact.text("name").orElse(""),
            fact.number("rss").orElse(0)))
        .toList();
  }
}
