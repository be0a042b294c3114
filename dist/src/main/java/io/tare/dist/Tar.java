package io.tare.dist;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A folder as a tar file (POSIX ustar), always the same bytes: names in the order of their characters, everything owned by root, one date, and of the
 * permissions only whether a file is executable.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int PREFIX = 155;
  private static final int RECORD = 20 * BLOCK;

  private Tar() {}

  /**
   * Writes what is below the folder.
   *
   * @param under put before every name, with its slash: {@code tare-1.0/} or {@code ./}
   */
  static void write(Path folder, String under, Instant date, OutputStream out) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.filter(path -> !path.equals(folder)).sorted(Path::compareTo).toList();
    }
    long written = 0;
    if (!under.isEmpty()) {
      written += entry(folder, under, date, out);
    }
    for (Path path : all) {
      String name = under + folder.relativize(path);
      boolean isFolder = Files.isDirectory(path) && !Files.isSymbolicLink(path);
      written += entry(path, isFolder ? name + "/" : name, date, out);
    }
    // Two empty blocks end it; the whole is made of records.
    long end = written + 2 * BLOCK;
    out.write(new byte[(int) (2 * BLOCK + (RECORD - end % RECORD) % RECORD)]);
  }

  /** The same, compressed. */
  static byte[] gzip(Path folder, String under, Instant date) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BufferedOutputStream(new Smallest(bytes), 1 << 16)) {
      write(folder, under, date, out);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new Smallest(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static long entry(Path path, String name, Instant date, OutputStream out) throws IOException {
    boolean isLink = Files.isSymbolicLink(path);
    boolean isFolder = !isLink && Files.isDirectory(path);
    byte[] content = isLink || isFolder ? new byte[0] : Files.readAllBytes(path);
    boolean isForAll = isFolder && name.equals("./tmp/");
    int mode = isForAll ? 01777 : isLink ? 0777 : isFolder || Files.isExecutable(path) ? 0755 : 0644;
    String target = isLink ? Files.readSymbolicLink(path).toString() : "";
    out.write(header(name, mode, content.length, date, isLink ? '2' : isFolder ? '5' : '0', target));
    out.write(content);
    int padding = (BLOCK - content.length % BLOCK) % BLOCK;
    out.write(new byte[padding]);
    return (long) BLOCK + content.length + padding;
  }

  private static byte[] header(String name, int mode, long size, Instant date, char type, String target)
      throws IOException {
    byte[] block = new byte[BLOCK];
    String prefix = "";
    String rest = name;
    if (name.length() > NAME) {
      int slash = name.lastIndexOf('/', Math.min(PREFIX, name.length() - 2));
      prefix = name.substring(0, Math.max(slash, 0));
      rest = name.substring(slash + 1);
    }
    if (rest.length() > NAME || target.length() > NAME) {
      throw new IOException("a name is too long for tar: " + name);
    }
    put(block, 0, rest);
    octal(block, 100, 8, mode);
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    octal(block, 124, 12, size);
    octal(block, 136, 12, date.getEpochSecond());
    Arrays.fill(block, 148, 156, (byte) ' ');
    block[156] = (byte) type;
    put(block, 157, target);
    put(block, 257, "ustar\0" + "00root");
    put(block, 297, "root");
    put(block, 345, prefix);
    int sum = 0;
    for (byte one : block) {
      sum += one & 0xff;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    ByteBuffer.wrap(block, at, block.length - at).put(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void octal(byte[] block, int at, int width, long number) {
    put(block, at, String.format(Locale.ROOT, "%0" + (width - 1) + "o", number));
  }

  /** The smallest that the JDK can make. */
  private static final class Smallest extends GZIPOutputStream {
    Smallest(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
