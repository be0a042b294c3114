package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnHeap;
import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A live heap on transparent huge pages: it grows resident by 2 MB at a time. */
public record HugePages(Held liveHeap) implements Held {
  private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  public static Held create(Setting setting) throws IOException, Skipped {
    if (!Files.exists(SETTING) || Files.readString(SETTING).contains("[never]")) {
      throw new Skipped("transparent huge pages are switched off in this kernel");
    }
    return new HugePages(LiveHeap.create(setting));
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) throws IOException {
    liveHeap.measure(mappings, truth);
    truth.note("huge pages of the heap: " + OwnHeap.in(mappings).hugeBytes() + " bytes");
  }
}
