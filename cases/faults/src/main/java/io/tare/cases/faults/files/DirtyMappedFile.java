package io.tare.cases.faults.files;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMapping.Resident;
import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;
import java.nio.file.Files;

/** A mapped file whose pages are written again and again, as a store does that keeps its state in one. */
public final class DirtyMappedFile implements Held {
  private static final long REWRITE_MILLIS = 1000;
  private final TouchedFile file;
  private final Thread writer;

  private DirtyMappedFile(TouchedFile file) {
    this.file = file;
    this.writer = new Thread(this::rewrite, "file-writer");
  }

  public static Held create(Setting setting) throws IOException {
    DirtyMappedFile held = new DirtyMappedFile(TouchedFile.written(setting.directory(), setting.sizeBytes()));
    held.writer.setDaemon(true);
    held.writer.start();
    return held;
  }

  /** The kernel writes changed pages back after some 30 seconds, and they are clean then. */
  private void rewrite() {
    while (!Thread.currentThread().isInterrupted()) {
      file.writeEveryPage();
      try {
        Thread.sleep(REWRITE_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("mapped.dirty", file.bytes(mappings, Resident::dirty));
    truth.note("the file is " + file.path().getFileName() + ", every page of it written once a second");
  }

  @Override
  public void close() throws IOException {
    writer.interrupt();
    Files.deleteIfExists(file.path());
  }
}
