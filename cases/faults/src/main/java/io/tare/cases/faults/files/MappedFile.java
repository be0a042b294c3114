package io.tare.cases.faults.files;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMapping.Resident;
import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;
import java.nio.file.Files;

/** A mapped file that was read: resident, and the kernel's to drop. */
public final class MappedFile implements Held {
  private final TouchedFile file;

  private MappedFile(TouchedFile file) {
    this.file = file;
  }

  public static Held create(Setting setting) throws IOException {
    return new MappedFile(TouchedFile.read(setting.directory(), setting.sizeBytes()));
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("mapped", file.bytes(mappings, Resident::rss) - file.bytes(mappings, Resident::dirty));
    truth.note("the file is " + file.path().getFileName());
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file.path());
  }
}
