package io.tare.capture.proc;

import io.tare.capture.kernel.PagemapScan;
import io.tare.capture.proc.Pagemap.RunBuilder;
import io.tare.formats.proc.PageRunsBytes;
import io.tare.model.AddressRange;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out which pages of a process are present. Reading pagemap costs 8 bytes for each page of a mapping, present or not: it
 * is the fastest way for ordinary processes. Where mappings are huge and nearly empty, the kernel is asked for the present runs
 * instead; a kernel that cannot do that (before 6.7) leaves the sparsest mappings out, and the note says so.
 */
public final class PresentPages {
  /** Above this much address space the fixed cost of asking the kernel (50 ms) is less than that of reading. */
  private static final long READ_AT_MOST = 8L << 30;
  private static final long SPARSE_BYTES = 1L << 30;
  private static final long SPARSE_RATIO = 64;

  private final ProcessFolder folder;
  private final Deadline deadline;

  private PresentPages(ProcessFolder folder, Deadline deadline) {
    this.folder = folder;
    this.deadline = deadline;
  }

  /** The pages and the artefact that carries them. */
  public record Survey(ResidentPages pages, Artifact artifact) {}

  public static Survey survey(ProcessFolder folder, Smaps smaps, Deadline deadline) {
    return new PresentPages(folder, deadline).survey(smaps);
  }

  private Survey survey(Smaps smaps) {
    long began = System.nanoTime();
    List<Mapping> resident = smaps.mappings().stream()
        .filter(mapping -> mapping.bytes().rss() > 0 && mapping.range().end() > 0).toList();
    try {
      return taken(pages(resident), began);
    } catch (NoSuchFileException absent) {
      return missing(folder.exists() ? Outcome.ABSENT : Outcome.GONE, "no pagemap");
    } catch (AccessDeniedException denied) {
      return missing(Outcome.DENIED, "pagemap is refused: it takes the process's own user, or root");
    } catch (IOException failure) {
      return missing(folder.exists() ? Outcome.FAILED : Outcome.GONE, "pagemap could not be read");
    }
  }

  private static Survey missing(Outcome outcome, String note) {
    return new Survey(ResidentPages.NONE, Artifact.missing(ArtifactNames.PAGES, outcome, note));
  }

  /** What a way of looking found: the pages, and a note that is empty when nothing was left out. */
  private record Finding(ResidentPages pages, String leftOut) {}

  private static Survey taken(Finding finding, long began) {
    Outcome outcome = finding.leftOut().isEmpty() ? Outcome.TAKEN : Outcome.PARTIAL;
    byte[] content = PageRunsBytes.encode(finding.pages());
    Artifact.Label label = new Artifact.Label(ArtifactNames.PAGES, outcome, finding.leftOut(),
        FileRead.microsSince(began));
    return new Survey(finding.pages(), Artifact.adopting(label, content));
  }

  private Finding pages(List<Mapping> resident) throws IOException {
    long span = resident.stream().mapToLong(mapping -> mapping.range().bytes()).sum();
    if (span <= READ_AT_MOST) {
      return read(resident, "");
    }
    try {
      return scan(resident);
    } catch (IOException oldKernel) {
      return readDense(resident);
    }
  }

  private Finding scan(List<Mapping> resident) throws IOException {
    RunBuilder runs = new RunBuilder();
    List<AddressRange> surveyed = new ArrayList<>();
    try (PagemapScan scan = PagemapScan.open(folder.file("pagemap"))) {
      for (Mapping mapping : resident) {
        if (deadline.isOver()) {
          return new Finding(new ResidentPages(surveyed, runs.starts(), runs.ends()), deadline.note());
        }
        scan.scan(mapping.range(), runs::add);
        surveyed.add(mapping.range());
      }
    }
    return new Finding(new ResidentPages(surveyed, runs.starts(), runs.ends()), "");
  }

  private Finding read(List<Mapping> mappings, String leftOut) throws IOException {
    List<AddressRange> ranges = mappings.stream().map(Mapping::range).toList();
    RunBuilder runs = new RunBuilder();
    try (Pagemap pagemap = Pagemap.open(folder.file("pagemap"))) {
      int done = pagemap.survey(ranges, runs, deadline);
      List<AddressRange> surveyed = ranges.subList(0, done);
      String note = done == ranges.size() ? leftOut : deadline.note();
      return new Finding(new ResidentPages(surveyed, runs.starts(), runs.ends()), note);
    }
  }

  private Finding readDense(List<Mapping> resident) throws IOException {
    List<Mapping> dense = resident.stream().filter(mapping -> !isSparse(mapping)).toList();
    int sparse = resident.size() - dense.size();
    return read(dense, sparse == 0
        ? ""
        : sparse + " huge and nearly empty mappings are left out: this kernel (before 6.7) cannot list their pages");
  }

  private static boolean isSparse(Mapping mapping) {
    long bytes = mapping.range().bytes();
    return bytes > SPARSE_BYTES && bytes / SPARSE_RATIO > mapping.bytes().rss();
  }
}
