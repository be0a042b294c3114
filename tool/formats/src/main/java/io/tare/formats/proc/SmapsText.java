package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.proc.Smaps;
import java.nio.charset.StandardCharsets;

/**
 * {@code /proc/PID/smaps}. Linux 6.18 prints a mapping as
 *
 * <pre>
 * 3a001000-3ad95000 rw-p 00001000 fe:00 328742                             …
 * Size:              13904 kB
 * Rss:               13312 kB
 * ...
 * VmFlags: rd wr mr mw me ac
 * </pre>
 *
 * An empty text is the empty list: a kernel thread has no mappings. Fields that are not known are left out.
 */
public final class SmapsText {
  private SmapsText() {}

  public static Parsed<Smaps> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, content.getBytes(StandardCharsets.UTF_8), limits);
  }

  public static Parsed<Smaps> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    return new SmapsScan(artifact, content, limits).run();
  }
}
