package io.tare.heap.hprof;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One member of a gzip file: header, deflated bytes, check sum. One thread's own. */
final class GzipMember implements AutoCloseable {
  private static final int INPUT_BYTES = 64 << 10;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int HAS_HEADER_CHECK = 2;
  private static final String BLOCK_SIZE = "HPROF BLOCKSIZE=";
  private static final int LARGEST_BLOCK = 64 << 20;

  private final FileChannel channel;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private final ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES);
  private @Nullable IOException failure;
  private long next;
  private long end = -1;

  GzipMember(FileChannel channel, long start) throws IOException {
    this.channel = channel;
    this.next = headerEnd(channel, start);
  }

  /** How long the JDK says its blocks are; 0 if it says nothing. */
  static int blockBytes(FileChannel channel) throws IOException {
    ByteBuffer start = at(channel, 0, 256);
    String text = StandardCharsets.ISO_8859_1.decode(start).toString();
    int from = text.indexOf(BLOCK_SIZE);
    if (from < 0) {
      return 0;
    }
    int to = from + BLOCK_SIZE.length();
    int value = 0;
    while (to < text.length() && Character.isDigit(text.charAt(to)) && value < LARGEST_BLOCK) {
      value = value * 10 + text.charAt(to++) - '0';
    }
    return value <= LARGEST_BLOCK ? value : 0;
  }

  /** Fills as much of the buffer as there is; -1 after the last byte. What comes before damage is given out first. */
  int read(byte[] into) throws IOException {
    int count = 0;
    try {
      while (failure == null && count < into.length && !inflater.finished()) {
        if (inflater.needsInput()) {
          fill();
        }
        count += inflater.inflate(into, count, into.length - count);
        if (inflater.needsDictionary()) {
          failure = new ZipException("needs a dictionary");
        }
      }
    } catch (DataFormatException e) {
      failure = new ZipException("wrong deflate data before offset " + next + ": " + e.getMessage());
    } catch (EOFException e) {
      failure = e;
    }
    if (failure != null && count == 0) {
      throw failure;
    }
    check.update(into, 0, count);
    if (count == 0) {
      finish();
      return -1;
    }
    return count;
  }

  /** Where the next member starts; known after the last byte was read. */
  long end() {
    return end;
  }

  private void fill() throws IOException {
    input.clear();
    int count = channel.read(input, next);
    if (count <= 0) {
      throw new EOFException("the file ends inside its compressed data");
    }
    next += count;
    inflater.setInput(input.flip());
  }

  private void finish() throws IOException {
    if (end >= 0) {
      return;
    }
    long trailer = next - input.remaining();
    ByteBuffer bytes = at(channel, trailer, TRAILER);
    inflater.end();
    if (bytes.limit() < TRAILER) {
      throw new EOFException("the file ends inside its check sum");
    }
    end = trailer + TRAILER;
    if (Integer.reverseBytes(bytes.getInt(0)) != (int) check.getValue()) {
      throw new ZipException("the check sum before offset " + end + " is wrong");
    }
  }

  private static long headerEnd(FileChannel channel, long start) throws IOException {
    ByteBuffer header = at(channel, start, 4096);
    if (header.limit() < FIXED_HEADER || header.getShort(0) != 0x1f8b || header.get(2) != 8) {
      throw new ZipException("no gzip member at offset " + start);
    }
    int flags = header.get(3);
    int at = FIXED_HEADER;
    if ((flags & HAS_EXTRA) != 0 && at + 2 <= header.limit()) {
      at += 2 + (header.get(at) & 0xff) + ((header.get(at + 1) & 0xff) << 8);
    }
    at = (flags & HAS_NAME) == 0 ? at : textEnd(header, at);
    at = (flags & HAS_COMMENT) == 0 ? at : textEnd(header, at);
    return start + at + ((flags & HAS_HEADER_CHECK) == 0 ? 0 : 2);
  }

  private static int textEnd(ByteBuffer header, int from) {
    int at = from;
    while (at < header.limit() && header.get(at) != 0) {
      at++;
    }
    return at + 1;
  }

  private static ByteBuffer at(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = channel.read(buffer, position + buffer.position());
    }
    return buffer.flip();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
