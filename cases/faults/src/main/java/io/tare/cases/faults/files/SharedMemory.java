package io.tare.cases.faults.files;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMapping.Resident;
import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shared memory: a file in memory that is mapped and deleted, so that only the mapping keeps it. */
public final class SharedMemory implements Held {
  private static final Path DIRECTORY = Path.of("/dev/shm");
  private final TouchedFile file;

  private SharedMemory(TouchedFile file) {
    this.file = file;
  }

  public static Held create(Setting setting) throws IOException, Skipped {
    if (!Files.isWritable(DIRECTORY)) {
      throw new Skipped(DIRECTORY + " can't be written");
    }
    long free = Files.getFileStore(DIRECTORY).getUsableSpace();
    if (free < setting.sizeBytes()) {
      throw new Skipped(DIRECTORY + " has only " + free + " bytes left");
    }
    TouchedFile file = TouchedFile.written(DIRECTORY, setting.sizeBytes());
    Files.delete(file.path());
    return new SharedMemory(file);
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.exact("shared", file.bytes(mappings, Resident::rss));
  }
}
