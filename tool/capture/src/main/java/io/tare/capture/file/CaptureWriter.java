package io.tare.capture.file;

import io.tare.capture.door.NewFile;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Capture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Saves a capture as a zip: the manifest first, then one entry for each artefact. The same capture gives the same bytes. */
public final class CaptureWriter {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private CaptureWriter() {}

  /** The file appears when it is whole: a failure leaves no half file. */
  public static void save(Capture capture, Path file) throws IOException {
    try (NewFile saved = NewFile.beside(file, NewFile.Readers.OWNER)) {
      try (OutputStream out = saved.stream()) {
        write(capture, out);
      }
      saved.putInPlace();
    }
  }

  public static void write(Capture capture, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.putNextEntry(entry(Manifest.ENTRY_NAME));
    zip.write(Manifest.of(capture).write().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    for (Artifact artifact : capture.artifacts().values()) {
      if (artifact.hasContent()) {
        zip.putNextEntry(entry(artifact.name()));
        artifact.writeTo(zip);
        zip.closeEntry();
      }
    }
    zip.finish();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    return entry;
  }
}
