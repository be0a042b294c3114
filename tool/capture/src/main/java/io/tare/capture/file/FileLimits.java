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
  /** What fits beside all that is made of it; a capture of 60,000 mappings has some 50 MB. */
  public static final FileLimits DEFAULT = within(Runtime.getRuntime().maxMemory());

  static FileLimits within(long heapBytes) {
    long most = Math.min(1L << 30, heapBytes / 2);
    return new FileLimits(10_000, most, most, 4 << 20);
  }
}
