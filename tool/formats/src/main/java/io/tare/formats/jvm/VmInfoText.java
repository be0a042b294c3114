package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.jvm.JvmLayout;

/**
 * The answer to {@code VM.info}, and the error file of a crash (hs_err), which has the same sections. JDK 17 and 25
 * print
 *
 * <pre>
 * # Java VM: OpenJDK 64-Bit Server VM (17.0.15+6-Debian-1deb12u1, mixed mode, sharing, …, g1 gc, linux-amd64)
 * Heap address: 0x00000000fc000000, size: 64 MB, Compressed Oops mode: 32-bit
 * CDS archive(s) mapped at: [0x00007f4a6b000000-0x00007f4a6bbc7000-0x00007f4a6bbc7000), size 12349440, …
 * </pre>
 *
 * The heap is read from the section {@code Heap:} only: the history repeats it for every collection.
 */
public final class VmInfoText {
  private VmInfoText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    if (!content.contains("# Java VM: ") && !content.contains("P R O C E S S")) {
      throw new NotThisFormat(artifact + " names no Java VM");
    }
    return new VmInfoSections(artifact, content, limits).read();
  }
}
