package io.tare.model.proc;

import io.tare.model.AddressRange;

/**
 * One mapping as {@code /proc/PID/smaps} lists it.
 *
 * @param permissions four letters, {@code rw-p}
 * @param offset into the mapped file, in bytes
 * @param device {@code major:minor} in hexadecimal
 * @param name the path or the kernel's bracketed label; empty for anonymous memory
 * @param flags the two-letter {@code VmFlags}, separated by blanks; empty where the kernel prints none
 */
public record Mapping(
    AddressRange range,
    String permissions,
    long offset,
    String device,
    long inode,
    String name,
    MappingBytes bytes,
    String flags) {

  public boolean isAnonymous() {
    return name.isEmpty() || name.startsWith("[anon:");
  }

  /** Backed by a file with a path (deleted ones and memfds included). */
  public boolean hasPath() {
    return name.startsWith("/");
  }

  public boolean isWritable() {
    return permissions.length() > 1 && permissions.charAt(1) == 'w';
  }

  public boolean isExecutable() {
    return permissions.length() > 2 && permissions.charAt(2) == 'x';
  }

  public boolean isSharedMapping() {
    return permissions.length() > 3 && permissions.charAt(3) == 's';
  }
}
