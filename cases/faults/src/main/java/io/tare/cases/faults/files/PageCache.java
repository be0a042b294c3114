package io.tare.cases.faults.files;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file written by a process in a control group: the page cache is charged to the group, and no process holds it. */
public final class PageCache implements Held {
  private final MemoryGroup group;
  private final Path file;
  private final long fileBytes;

  private PageCache(MemoryGroup group, Path file, long fileBytes) {
    this.group = group;
    this.file = file;
    this.fileBytes = fileBytes;
  }

  public static Held create(Setting setting) throws IOException, Skipped {
    MemoryGroup group = MemoryGroup.enter();
    Path file = TouchedFile.filled(setting.directory(), setting.sizeBytes());
    return new PageCache(group, file, Files.size(file));
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) throws IOException {
    truth.atLeast("scales.cgroupUsageBytes", fileBytes);
    // A file that was used once is inactive, and the working set leaves it out; half of it is room for what else is charged.
    truth.atMost("scales.workingSetBytes", group.usageBytes() - fileBytes / 2);
    truth.note("control group " + group.directory().getFileName() + ", " + fileBytes + " bytes of file in it, "
        + group.inactiveFileBytes() + " inactive");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    group.leave();
  }
}
