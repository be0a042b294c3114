package io.tare.include.page;

import io.tare.include.http.HttpError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Memory for an assembled fragment, up to a bound. */
final class BoundedBytes extends OutputStream {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
  private final int most;

  BoundedBytes(int most) {
    this.most = most;
  }

  @Override
  public void write(int letter) throws IOException {
    check(1);
    bytes.write(letter);
  }

  @Override
  public void write(byte[] text, int from, int length) throws IOException {
    check(length);
    bytes.write(text, from, length);
  }

  private void check(int more) throws IOException {
    if (bytes.size() + more > most) {
      throw new HttpError(502, "more than " + most + " bytes of an assembled fragment");
    }
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
