package io.tare.include.http;

import java.io.IOException;
import java.io.OutputStream;

/** The outgoing half of a connection: heads, and bodies of known length or in chunks. Its buffer lives as long as the connection. */
final class HttpOutput extends OutputStream {
  private static final int HEX = 16;
  private static final int CAPACITY = 8_192;
  /** Room for the size of a chunk. */
  private static final int BEFORE = 8;
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

  private final OutputStream out;
  private final Runnable onProgress;
  private final byte[] buffer = new byte[BEFORE + CAPACITY + LINE_END.length];
  private int filled;
  private boolean chunked;
  private long bodyBytes;

  HttpOutput(OutputStream out, Runnable onProgress) {
    this.out = out;
    this.onProgress = onProgress;
  }

  /** Writes a head; its body follows in chunks, or as it is. */
  void head(Head head, boolean bodyInChunks) throws IOException {
    chunked = false;
    bodyBytes = 0;
    line(head.first() + " " + head.second() + " " + head.third());
    for (Head.Field field : head.fields()) {
      line(field.name() + ": " + field.value());
    }
    if (bodyInChunks) {
      line("Transfer-Encoding: chunked");
    }
    put(LINE_END, 0, LINE_END.length);
    if (bodyInChunks) {
      drain();
      chunked = true;
    }
  }

  private void line(String text) throws IOException {
    byte[] bytes = HttpInput.ascii(text.replace('\r', ' ').replace('\n', ' '));
    put(bytes, 0, bytes.length);
    put(LINE_END, 0, LINE_END.length);
  }

  @Override
  public void write(int letter) throws IOException {
    write(new byte[] {(byte) letter}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int at, int length) throws IOException {
    bodyBytes += length;
    put(bytes, at, length);
  }

  /** Of the last message, before its chunks were made. */
  long bodyBytes() {
    return bodyBytes;
  }

  private void put(byte[] bytes, int at, int length) throws IOException {
    if (!chunked && length > CAPACITY) {
      drain();
      out.write(bytes, at, length);
      onProgress.run();
      return;
    }
    int from = at;
    int left = length;
    while (left > 0) {
      int copied = Math.min(left, CAPACITY - filled);
      System.arraycopy(bytes, from, buffer, BEFORE + filled, copied);
      filled += copied;
      from += copied;
      left -= copied;
      if (filled == CAPACITY) {
        drain();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    drain();
    out.flush();
  }

  /** One write for a chunk: its size stands right before it in the buffer, the end of its line behind it. */
  private void drain() throws IOException {
    int length = filled;
    filled = 0;
    if (length == 0) {
      return;
    }
    if (!chunked) {
      out.write(buffer, BEFORE, length);
    } else {
      byte[] size = HttpInput.ascii(Integer.toString(length, HEX) + "\r\n");
      System.arraycopy(size, 0, buffer, BEFORE - size.length, size.length);
      System.arraycopy(LINE_END, 0, buffer, BEFORE + length, LINE_END.length);
      out.write(buffer, BEFORE - size.length, size.length + length + LINE_END.length);
    }
    onProgress.run();
  }

  /** Ends the message. */
  void end() throws IOException {
    drain();
    if (chunked) {
      chunked = false;
      out.write(LAST_CHUNK);
    }
    out.flush();
  }
}
