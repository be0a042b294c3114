package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.profile.jfr.JfrBytes;
import io.tare.formats.profile.jfr.JfrSource;
import io.tare.model.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** A profile of any form that is read, told by what it begins with; packed by gzip or not. */
public final class ProfileFile {
  public static final String FORMS = "pprof, JFR, collapsed stacks, heaptrack, massif, .heapprofile or tracemalloc's"
      + " traces as JSON";
  private static final int MOST_BYTES = 512 << 20;
  private static final int START = 512;
  private static final String ZSTD = "(\u00b5/\u00fd";

  private ProfileFile() {}

  public static Parsed<Profile> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, content, limits, tag -> true);
  }

  /**
   * Reads one of a profile's forms.
   *
   * @param tags what else is said of a stack is kept where these want it: without, large profiles need less memory
   */
  public static Parsed<Profile> parse(String artifact, byte[] content, ParseLimits limits, Predicate<String> tags)
      throws NotThisFormat {
    byte[] start = unpacked(artifact, content, START);
    if (!isText(start) && !begins(start, "FLR\0") && !begins(start, ZSTD)) {
      return PprofBytes.parse(artifact, content, limits, tags);
    }
    byte[] plain = unpacked(artifact, content, MOST_BYTES);
    if (begins(plain, "FLR\0")) {
      return JfrBytes.parse(artifact, JfrSource.of(plain), limits, tags);
    }
    if (begins(plain, ZSTD)) {
      throw new NotThisFormat(
          artifact + " is packed by zstd: unpack it (zstd -d " + artifact + ") and name the result");
    }
    String text = new String(plain, StandardCharsets.UTF_8);
    if (text.stripLeading().startsWith("{")) {
      return JsonProfiles.parse(artifact, text, limits);
    }
    if (text.startsWith("desc:")) {
      return MassifText.parse(artifact, text, limits);
    }
    return text.matches("(?s)v [0-9a-f]{1,8} [0-9a-f]{1,2}\\R.*")
        ? HeaptrackText.parse(artifact, text, limits)
        : CollapsedText.parse(artifact, text, limits);
  }

  private static byte[] unpacked(String artifact, byte[] content, int bytes) throws NotThisFormat {
    if (!begins(content, "\u001f\u008b")) {
      return content;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      byte[] plain = in.readNBytes(bytes);
      if (bytes == MOST_BYTES && in.read() >= 0) {
        throw new NotThisFormat(artifact + " unpacks to more than " + MOST_BYTES + " bytes");
      }
      return plain;
    } catch (IOException torn) {
      throw new NotThisFormat(artifact + " is a torn gzip file");
    }
  }

  private static boolean begins(byte[] content, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      if (i >= content.length || content[i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** pprof's first byte is the tag of a message, and a length follows: neither zeros nor control characters are in a text. */
  private static boolean isText(byte[] content) {
    for (int i = 0; i < Math.min(START, content.length); i++) {
      boolean isBlank = content[i] == '\n' || content[i] == '\r' || content[i] == '\t';
      if (content[i] >= 0 && content[i] < ' ' && !(isBlank && i > 0)) {
        return false;
      }
    }
    return content.length > 0;
  }
}
