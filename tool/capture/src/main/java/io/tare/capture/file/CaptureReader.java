package io.tare.capture.file;

import io.tare.capture.file.CaptureFileException.Reason;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Capture;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Opens a capture file. Nothing in it is trusted: it is read once from its beginning, never by offsets that it gives; entries are
 * matched with the manifest, and their sizes are counted while they are unpacked.
 */
public final class CaptureReader {
  private final FileLimits limits;
  private long totalBytes;

  private CaptureReader(FileLimits limits) {
    this.limits = limits;
  }

  public static Capture open(Path file) throws CaptureFileException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, FileLimits.DEFAULT);
    } catch (IOException failure) {
      throw new CaptureFileException(Reason.UNREADABLE, "the file cannot be read: " + failure.getMessage());
    }
  }

  public static Capture read(InputStream in, FileLimits limits) throws CaptureFileException, IOException {
    try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      return new CaptureReader(limits).read(zip);
    } catch (EOFException cut) {
      throw new CaptureFileException(Reason.TRUNCATED, "the capture is cut off: copy it again");
    } catch (ZipException | IllegalArgumentException broken) {
      throw new CaptureFileException(Reason.DAMAGED, "the capture is damaged: " + broken.getMessage());
    }
  }

  private Capture read(ZipInputStream zip) throws CaptureFileException, IOException {
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(Manifest.ENTRY_NAME)) {
      throw Manifest.notACapture();
    }
    Manifest manifest = Manifest.parse(new String(manifest(zip, limits.manifestBytes()), StandardCharsets.UTF_8));
    if (manifest.entries().size() > limits.entries()) {
      throw tooLarge("it lists " + manifest.entries().size() + " artefacts");
    }
    return assemble(manifest, contents(zip, expected(manifest)));
  }

  private static Map<String, Manifest.Entry> expected(Manifest manifest) throws CaptureFileException {
    Map<String, Manifest.Entry> expected = new HashMap<>();
    for (Manifest.Entry entry : manifest.entries()) {
      if (expected.put(entry.label().name(), entry) != null) {
        throw new CaptureFileException(Reason.DAMAGED, "the capture lists " + entry.label().name() + " twice");
      }
    }
    return expected;
  }

  private Map<String, byte[]> contents(ZipInputStream zip, Map<String, Manifest.Entry> expected)
      throws CaptureFileException, IOException {
    Map<String, byte[]> contents = new HashMap<>();
    ZipEntry entry;
    while ((entry = zip.getNextEntry()) != null) {
      Manifest.Entry known = expected.get(entry.getName());
      if (known == null || !known.hasContent() || contents.containsKey(entry.getName())) {
        throw new CaptureFileException(Reason.DAMAGED, "the capture holds an entry that its manifest does not list");
      }
      contents.put(entry.getName(), unpack(zip, known));
    }
    return contents;
  }

  /** Exactly so many bytes, into one array: content that grows while it is unpacked needs three times its size. */
  private byte[] unpack(ZipInputStream zip, Manifest.Entry entry) throws CaptureFileException, IOException {
    String name = entry.label().name();
    totalBytes += entry.bytes();
    if (entry.bytes() > limits.entryBytes() || totalBytes > limits.totalBytes()) {
      throw tooLarge("it unpacks to more than " + (limits.totalBytes() >> 20) + " MB; --memory 1g allows more");
    }
    byte[] content = new byte[(int) entry.bytes()];
    if (zip.readNBytes(content, 0, content.length) < content.length) {
      throw new CaptureFileException(Reason.DAMAGED, name + " is shorter than the manifest says");
    }
    if (zip.read() >= 0) {
      throw tooLarge(name + " unpacks to more than its manifest says");
    }
    return content;
  }

  private static byte[] manifest(ZipInputStream zip, int mostBytes) throws CaptureFileException, IOException {
    byte[] content = zip.readNBytes(mostBytes + 1);
    if (content.length > mostBytes) {
      throw tooLarge("its manifest unpacks to more than " + mostBytes + " bytes");
    }
    return content;
  }

  private static CaptureFileException tooLarge(String why) {
    return new CaptureFileException(Reason.TOO_LARGE, "the capture is not opened: " + why);
  }

  private static Capture assemble(Manifest manifest, Map<String, byte[]> contents) throws CaptureFileException {
    Map<String, Artifact> artifacts = new LinkedHashMap<>();
    for (Manifest.Entry entry : manifest.entries()) {
      byte[] content = contents.getOrDefault(entry.label().name(), new byte[0]);
      if (entry.hasContent() && !contents.containsKey(entry.label().name())) {
        throw new CaptureFileException(Reason.TRUNCATED,
            "the capture is cut off: " + entry.label().name() + " is missing");
      }
      artifacts.put(entry.label().name(), Artifact.adopting(entry.label(), content));
    }
    return new Capture(manifest.target(), manifest.takenAt(), manifest.elapsedMicros(), manifest.asked(), artifacts);
  }

  /**
   * How much is accepted of a capture file, which may be hostile.
   *
   * @param entries most artefacts
   * @param entryBytes most bytes of one artefact, unpacked
   * @param totalBytes most bytes of all artefacts, unpacked
   * @param manifestBytes most bytes of the manifest
   */
  public record FileLimits(int entries, long entryBytes, long totalBytes, int manifestBytes) {
    /** What fits beside all that is made of it; a capture of 60,000 mappings has some 50 MB. */
    public static final FileLimits DEFAULT = within(Runtime.getRuntime().maxMemory());

    static FileLimits within(long heapBytes) {
      long most = Math.min(1L << 30, heapBytes / 2);
      return new FileLimits(10_000, most, most, 4 << 20);
    }
  }
}
