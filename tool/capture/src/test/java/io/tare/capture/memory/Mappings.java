package io.tare.capture.memory;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.proc.SmapsText;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Mappings for tests: those of a live process, and made-up ones. */
public final class Mappings {
  private Mappings() {}

  public static Smaps of(Path procPid) throws IOException, NotThisFormat {
    return SmapsText.parse("smaps", Files.readAllBytes(procPid.resolve("smaps")), ParseLimits.DEFAULT).value();
  }

  /** As {@link #of}, for tests that have no other way to meet a foreign format. */
  public static Smaps read(Path procPid) throws IOException {
    try {
      return of(procPid);
    } catch (NotThisFormat foreign) {
      throw new IOException(foreign);
    }
  }

  public static Mapping anonymous(long start, long bytes) {
    return new Mapping(AddressRange.ofSize(start, bytes), "rw-p", 0, "00:00", 0, "", MappingBytes.NONE, "");
  }

  public static Mapping file(long start, long bytes, String permissions, String name) {
    return new Mapping(AddressRange.ofSize(start, bytes), permissions, 0, "08:01", 42, name, MappingBytes.NONE, "");
  }
}
