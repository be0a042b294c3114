package io.tare.ledger;

import io.tare.formats.ParseLimits;
import io.tare.formats.memory.ExecutableText;
import io.tare.formats.memory.MallocText;
import io.tare.formats.memory.NativeThreadsText;
import io.tare.formats.memory.RuntimeFactsText;
import io.tare.formats.proc.DescriptorsText;
import io.tare.formats.proc.MeminfoText;
import io.tare.formats.proc.PageRunsBytes;
import io.tare.formats.proc.SmapsText;
import io.tare.formats.proc.StatText;
import io.tare.formats.proc.StatusText;
import io.tare.formats.proc.TasksText;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses a capture's artefacts, each with its own parser. */
final class EvidenceReader {
  private static final ParseLimits LIMITS = ParseLimits.DEFAULT;

  private EvidenceReader() {}

  static Evidence read(Capture capture) {
    ArtifactReader reader = new ArtifactReader(capture);
    Optional<Smaps> smaps = reader.bytes(ArtifactNames.SMAPS, (a, c) -> SmapsText.parse(a, c, LIMITS));
    ResidentPages pages = reader.bytes(ArtifactNames.PAGES, (a, c) -> PageRunsBytes.parse(a, c, LIMITS))
        .orElse(ResidentPages.NONE);
    Evidence.Kernel kernel = kernel(reader);
    Evidence.Natives natives = natives(reader);
    Jvm jvm = JvmReader.read(reader);
    return new Evidence(capture, smaps, pages, kernel, CgroupReader.read(capture, reader), jvm, natives, reader.notes(),
        reader.problems());
  }

  private static Evidence.Kernel kernel(ArtifactReader reader) {
    return new Evidence.Kernel(reader.text(ArtifactNames.STAT, (a, c) -> StatText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.STATUS, (a, c) -> StatusText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.STATUS_AFTER, (a, c) -> StatusText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.TASKS, (a, c) -> TasksText.parse(a, c, LIMITS)).orElse(List.of()),
        reader.text(ArtifactNames.FDS, (a, c) -> DescriptorsText.parse(a, c, LIMITS)).orElse(List.of()),
        reader.text(ArtifactNames.MEMINFO, (a, c) -> MeminfoText.parse(a, c, LIMITS)).orElse(Map.of()));
  }

  private static Evidence.Natives natives(ArtifactReader reader) {
    return new Evidence.Natives(reader.text(ArtifactNames.MALLOC, (a, c) -> MallocText.parse(c, LIMITS)),
        reader.text(ArtifactNames.PTHREADS, (a, c) -> NativeThreadsText.parse(c, LIMITS)).orElse(List.of()),
        reader.text(ArtifactNames.GO, (a, c) -> RuntimeFactsText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.PYTHON, (a, c) -> RuntimeFactsText.parse(a, c, LIMITS)),
        reader.text(ArtifactNames.EXECUTABLE, (a, c) -> ExecutableText.parse(c, LIMITS)).map(e -> e.facts())
            .orElse(Map.of()));
  }
}
