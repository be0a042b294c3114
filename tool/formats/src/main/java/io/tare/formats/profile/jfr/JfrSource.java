package io.tare.formats.profile.jfr;

import java.io.EOFException;
import java.io.IOException;

/** The bytes of a flight recording, wherever they are. */
public interface JfrSource {
  long bytes();

  /** Reads so many from there into the beginning of the array; fails when there are fewer. */
  void read(long from, byte[] into, int length) throws IOException;

  static JfrSource of(byte[] content) {
    return new JfrSource() {
      @Override
      public long bytes() {
        return content.length;
      }

      @Override
      public void read(long from, byte[] into, int length) throws IOException {
        if (from < 0 || from > content.length - length) {
          throw new EOFException("there is nothing more");
        }
        System.arraycopy(content, (int) from, into, 0, length);
      }
    };
  }
}
