package io.tare.capture.proc;

import io.tare.capture.door.TargetRoot;
import io.tare.capture.kernel.FileStatus;
import io.tare.formats.proc.FileExtentsText;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.proc.FileExtent;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How long the large files are that a process maps as data, and what of them is on the disk. None is opened. */
public final class MappedFileList {
  private static final long LEAST_BYTES = 1 << 20;
  private static final int MOST = 50;

  private MappedFileList() {}

  public static Artifact take(ProcessFolder folder, Smaps smaps) {
    long began = System.nanoTime();
    List<FileExtent> files = new ArrayList<>();
    List<Mapping> candidates = candidates(smaps);
    if (!candidates.isEmpty()) {
      try (TargetRoot root = TargetRoot.open(folder.path())) {
        for (Mapping mapping : candidates) {
          extent(root, mapping).ifPresent(files::add);
        }
      } catch (IOException refused) {
        return Artifact.missing(ArtifactNames.MAPPED_FILES, folder.exists() ? Outcome.DENIED : Outcome.GONE,
            "the files that are mapped cannot be looked at: it takes the process's own user, or root");
      }
    }
    return Artifact.adopting(
        new Artifact.Label(ArtifactNames.MAPPED_FILES, Outcome.TAKEN, "", FileRead.microsSince(began)),
        FileExtentsText.write(files).getBytes(StandardCharsets.UTF_8));
  }

  /** One mapping of each file; no programs and libraries, which are mapped to be executed. */
  private static List<Mapping> candidates(Smaps smaps) {
    Set<String> programs = new HashSet<>();
    Map<String, Mapping> first = new HashMap<>();
    Map<String, Long> bytes = new HashMap<>();
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.permissions().indexOf('x') >= 0) {
        programs.add(mapping.name());
      }
      if (mapping.hasPath() && mapping.inode() != 0) {
        first.putIfAbsent(mapping.name(), mapping);
        bytes.merge(mapping.name(), mapping.range().bytes(), Long::sum);
      }
    }
    return first.values().stream().filter(mapping -> !programs.contains(mapping.name()))
        .filter(mapping -> bytes.getOrDefault(mapping.name(), 0L) >= LEAST_BYTES)
        .sorted(Comparator.comparingLong((Mapping mapping) -> -bytes.getOrDefault(mapping.name(), 0L))
            .thenComparing(Mapping::name))
        .limit(MOST).toList();
  }

  /** Empty where another file has its name by now, or none. */
  private static Optional<FileExtent> extent(TargetRoot root, Mapping mapping) {
    try {
      FileStatus file = root.status(mapping.name());
      return file.isRegularFile() && file.inode() == mapping.inode()
          ? Optional.of(new FileExtent(mapping.name(), file.sizeBytes(), file.allocatedBytes()))
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
