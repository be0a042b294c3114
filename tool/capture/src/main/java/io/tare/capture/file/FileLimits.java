package io.tare.capture.file;

/**
 * How much is accepted of a capture file, which may be hostile.
 *
 * @param entries most artefacts
 * @param entryBytes most bytes of one artefact, unpacked
 * @param totalBytes most bytes of all artefacts, unpacked
 * @param manifestBytes most bytes of the manifest
 */
public record FileLimits(int entries, long entryBytes, long totalBytes, int manifestBytes) {
  public static final FileLimits DEFAULT = new FileLimits(10_000, 512L << 20, 1L << 30, 4 << 20);
}
