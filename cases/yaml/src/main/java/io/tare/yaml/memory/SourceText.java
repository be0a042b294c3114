package io.tare.yaml.memory;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text to parse: UTF-8, line feeds only, a line feed and zeros behind its end. The file itself when it is so already; else a copy in anonymous memory.
 */
public record SourceText(Region region, long start, long end, boolean mapped) {
  private static final int BEHIND = 64;
  private static final String NAME = "yaml text";

  public static SourceText of(Path file, YamlOptions options) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + (Files.exists(file) ? " is no regular file" : " does not exist"));
    }
    long bytes = Files.size(file);
    checkLength(bytes, options);
    if (options.source() == YamlOptions.Source.COPIED) {
      try (InputStream in = Files.newInputStream(file)) {
        return checked(copied(in, bytes));
      }
    }
    Region region = Region.of(file, bytes);
    try {
      // Dirties this one page of our private view, so that every search for a line's end finds one.
      Raw.put(region.address() + bytes, (byte) '\n');
      return checked(new SourceText(region, region.address(), region.address() + bytes, true));
    } catch (InternalError e) {
      region.free();
      throw new YamlException(file + " became shorter while it was read");
    }
  }

  public static SourceText of(byte[] bytes, YamlOptions options) {
    checkLength(bytes.length, options);
    Region region = Region.anonymous(bytes.length + BEHIND).named(NAME);
    Raw.copy(bytes, 0, region.address(), bytes.length);
    Raw.put(region.address() + bytes.length, (byte) '\n');
    return checked(new SourceText(region, region.address(), region.address() + bytes.length, false));
  }

  public long length() {
    return end - start;
  }

  public void free() {
    region.free();
  }

  private static void checkLength(long bytes, YamlOptions options) {
    if (bytes > options.limits().bytes()) {
      throw new YamlException("the text has " + bytes + " bytes; " + options.limits().bytes() + " are allowed");
    }
  }

  private static SourceText copied(InputStream in, long bytes) throws IOException {
    Region region = Region.anonymous(bytes + BEHIND).named(NAME);
    byte[] buffer = new byte[1 << 16];
    long to = region.address();
    for (int got; (got = in.read(buffer, 0, (int) Math.min(buffer.length, region.address() + bytes - to))) > 0;) {
      Raw.copy(buffer, 0, to, got);
      to += got;
    }
    Raw.put(to, (byte) '\n');
    return new SourceText(region, region.address(), to, false);
  }

  /** The text without its byte order mark, in UTF-8, its line ends line feeds. */
  private static SourceText checked(SourceText raw) {
    try {
      Charset charset = charset(raw);
      SourceText text = charset.equals(StandardCharsets.UTF_8) ? raw : inUtf8(raw, charset);
      if (text.length() >= 3 && (Raw.eight(text.start) & 0xFF_FFFF) == 0xBF_BBEF) {
        text = new SourceText(text.region, text.start + 3, text.end, text.mapped);
      }
      return Characters.check(text.start, text.end) ? withLineFeeds(text) : text;
    } catch (YamlException e) {
      raw.free();
      throw e;
    }
  }

  /** By the byte order mark, or by where the zeros of the first character are. */
  private static Charset charset(SourceText raw) {
    long first = raw.length() < 2 ? 0x2020 : Raw.eight(raw.start);
    int four = raw.length() < 4 ? 0x20202020 : (int) first;
    if (four == 0x0000_FEFF || ((four & 0xFFFF_FF00) == 0 && four != 0)) {
      return Charset.forName("UTF-32LE");
    }
    if (four == 0xFFFE_0000 || ((four & 0x00FF_FFFF) == 0 && four != 0)) {
      return Charset.forName("UTF-32BE");
    }
    int two = (int) first & 0xFFFF;
    if (two == 0xFEFF || ((two & 0xFF00) == 0 && two != 0)) {
      return StandardCharsets.UTF_16LE;
    }
    if (two == 0xFFFE || ((two & 0xFF) == 0 && two != 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static SourceText inUtf8(SourceText raw, Charset charset) {
    if (raw.length() > Integer.MAX_VALUE - 16) {
      throw new YamlException("a text in " + charset + " can have 2 GB at most");
    }
    byte[] bytes = new byte[(int) raw.length()];
    Raw.copy(raw.start, bytes, 0, bytes.length);
    byte[] utf8 = new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
    Region region = Region.anonymous(utf8.length + BEHIND).named(NAME);
    Raw.copy(utf8, 0, region.address(), utf8.length);
    Raw.put(region.address() + utf8.length, (byte) '\n');
    raw.free();
    return new SourceText(region, region.address(), region.address() + utf8.length, false);
  }

  /** A copy in which carriage returns, alone or before a line feed, are line feeds. */
  private static SourceText withLineFeeds(SourceText text) {
    Region region = Region.anonymous(text.length() + BEHIND).named(NAME);
    long to = region.address();
    for (long from = text.start; from < text.end; from++) {
      byte c = Raw.at(from);
      if (c == '\r') {
        c = '\n';
        if (from + 1 < text.end && Raw.at(from + 1) == '\n') {
          from++;
        }
      }
      Raw.put(to++, c);
    }
    Raw.put(to, (byte) '\n');
    text.free();
    return new SourceText(region, region.address(), to, false);
  }
}
