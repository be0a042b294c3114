package io.tare.include.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Packs bodies with a fixed number of deflaters, each 256 KB outside of the heap: while all are busy, a body goes unpacked. */
public final class Gzip {
  private static final byte[] HEAD = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
  private static final int KEPT = 4;
  private static final int BUFFER_BYTES = 2_048;

  private final int level;
  private final Semaphore permits;
  private final ArrayBlockingQueue<Deflater> kept = new ArrayBlockingQueue<>(KEPT);

  /** Level 0 packs nothing. */
  public Gzip(int level, int mostAtOnce) {
    this.level = level;
    this.permits = new Semaphore(mostAtOnce);
  }

  public boolean packs() {
    return level > 0;
  }

  public static boolean isName(String coding) {
    return coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip");
  }

  /** Whether a client says that it takes gzip, and not with weight 0. */
  public static boolean isAccepted(Head request) {
    boolean any = false;
    for (String one : String.join(",", request.all("accept-encoding")).toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = one.split(";", 2);
      boolean refused = parts.length > 1 && parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      if (isName(parts[0].strip())) {
        return !refused;
      }
      any |= parts[0].strip().equals("*") && !refused;
    }
    return any;
  }

  /** What was packed; a body that is no gzip is the origin's fault. */
  public static InputStream unpacked(InputStream packed) throws IOException {
    try {
      return new Unpacked(new GZIPInputStream(packed, BUFFER_BYTES));
    } catch (ZipException | EOFException e) {
      throw new HttpError(502, "a body that is not gzip: " + e.getMessage(), e);
    }
  }

  private static final class Unpacked extends InputStream {
    private final GZIPInputStream in;

    Unpacked(GZIPInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
      try {
        return in.read(bytes, at, length);
      } catch (ZipException | EOFException e) {
        throw new HttpError(502, "a body that is not gzip: " + e.getMessage(), e);
      }
    }
  }

  /** Room for one body to be packed; empty while too many are. */
  public Optional<Deflating> begin() {
    if (level == 0 || !permits.tryAcquire()) {
      return Optional.empty();
    }
    return Optional.of(new Deflating(Optional.ofNullable(kept.poll()).orElseGet(() -> new Deflater(level, true))));
  }

  /** A deflater while it works on one body. Closing it gives it back. */
  public final class Deflating implements AutoCloseable {
    private final Deflater deflater;

    private Deflating(Deflater deflater) {
      this.deflater = deflater;
    }

    /** Packs what is written until {@code finish}. */
    public DeflaterOutputStream to(OutputStream out) throws IOException {
      return new Packing(out, deflater);
    }

    @Override
    public void close() {
      deflater.reset();
      if (!kept.offer(deflater)) {
        deflater.end();
      }
      permits.release();
    }
  }

  private static final class Packing extends DeflaterOutputStream {
    private final CRC32 sum = new CRC32();
    private final Deflater deflater;

    Packing(OutputStream out, Deflater deflater) throws IOException {
      super(out, deflater, BUFFER_BYTES);
      this.deflater = deflater;
      out.write(HEAD);
    }

    @Override
    public void write(byte[] bytes, int at, int length) throws IOException {
      super.write(bytes, at, length);
      sum.update(bytes, at, length);
    }

    @Override
    public void finish() throws IOException {
      super.finish();
      int[] words = {(int) sum.getValue(), (int) deflater.getBytesRead()};
      for (int word : words) {
        out.write(new byte[] {(byte) word, (byte) (word >> 8), (byte) (word >> 16), (byte) (word >> 24)});
      }
    }
  }
}
