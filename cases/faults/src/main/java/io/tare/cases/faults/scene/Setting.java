package io.tare.cases.faults.scene;

import java.nio.file.Path;

/**
 * How big a situation is to be, and where it may put files.
 *
 * @param growBytesPerSecond how fast a leaky program goes on growing after it is ready; 0 keeps it still
 */
public record Setting(long sizeBytes, Path directory, long growBytesPerSecond) {
  /** How many blocks of this size make up the setting's size; at least one. */
  public int blocks(long blockBytes) {
    return (int) Math.max(1, sizeBytes / blockBytes);
  }
}
