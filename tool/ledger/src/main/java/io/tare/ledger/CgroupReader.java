package io.tare.ledger;

import io.tare.formats.ParseLimits;
import io.tare.formats.cgroup.CgroupText;
import io.tare.formats.facts.Fact;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.cgroup.CgroupReading;
import io.tare.model.cgroup.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Assembles the memory groups from their files. */
final class CgroupReader {
  private static final ParseLimits LIMITS = ParseLimits.DEFAULT;

  private CgroupReader() {}

  static Optional<CgroupReading> read(Capture capture, ArtifactReader reader) {
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
