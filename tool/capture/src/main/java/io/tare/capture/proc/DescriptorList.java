package io.tare.capture.proc;

import io.tare.capture.kernel.Descriptor;
import io.tare.capture.kernel.FileStatus;
import io.tare.formats.proc.DescriptorsText;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.proc.MemoryDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The open descriptors that are memory: memfds, files in /dev/shm, and deleted files, which are often shared memory. How much
 * such a file really occupies is what a heap that is mapped several times weighs.
 */
public final class DescriptorList {
  private static final int MOST = 100_000;

  private final ProcessFolder folder;
  private final List<MemoryDescriptor> memory = new ArrayList<>();
  private int unreadable;

  private DescriptorList(ProcessFolder folder) {
    this.folder = folder;
  }

  public static Artifact take(ProcessFolder folder, Deadline deadline) {
    return new DescriptorList(folder).take(deadline);
  }

  private Artifact take(Deadline deadline) {
    long began = System.nanoTime();
    int count = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder.file("fd"))) {
      for (Path descriptor : descriptors) {
        if (count++ >= MOST || deadline.isOver()) {
          return artifact(Outcome.PARTIAL, "cut after " + (count - 1) + " descriptors", began);
        }
        look(descriptor);
      }
      return unreadable == 0
          ? artifact(Outcome.TAKEN, "", began)
          : artifact(Outcome.PARTIAL, unreadable + " descriptors could not be looked at", began);
    } catch (IOException failure) {
      return Artifact.missing(ArtifactNames.FDS, folder.exists() ? Outcome.DENIED : Outcome.GONE,
          "the descriptors cannot be listed: it takes the process's own user, or root");
    }
  }

  private Artifact artifact(Outcome outcome, String note, long began) {
    return Artifact.adopting(new Artifact.Label(ArtifactNames.FDS, outcome, note, FileRead.microsSince(began)),
        DescriptorsText.write(memory).getBytes(StandardCharsets.UTF_8));
  }

  private void look(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (isMemory(target)) {
        memory.add(measure(descriptor, target));
      }
    } catch (IOException closedMeanwhile) {
      unreadable++;
    }
  }

  static boolean isMemory(String target) {
    return target.startsWith("/memfd:") || target.startsWith("/dev/shm/") || target.startsWith("/SYSV")
        || target.startsWith("/dev/zero") || (target.startsWith("/") && target.endsWith(" (deleted)"));
  }

  private static MemoryDescriptor measure(Path descriptor, String target) throws IOException {
    try (Descriptor held = Descriptor.of(descriptor)) {
      FileStatus file = held.knownStatus();
      int number = Integer.parseInt(String.valueOf(descriptor.getFileName()));
      return new MemoryDescriptor(number, target, file.sizeBytes(), file.allocatedBytes(), file.inode(), file.device());
    }
  }
}
