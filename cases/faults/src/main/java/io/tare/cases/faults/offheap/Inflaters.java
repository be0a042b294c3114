package io.tare.cases.faults.offheap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.GlibcChunk;
import io.tare.cases.faults.self.OwnMappings;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Inflaters that were used and never ended: each holds a window of 32 KB and its state in native memory. */
public record Inflaters(List<Inflater> inflaters) implements Held {
  private static final long WINDOW = 32 << 10;
  /** zlib's inflate_state has a little more than 7000 bytes on 64-bit machines. */
  private static final long STATE = 7000;
  private static final int TEXT_BYTES = 64 << 10;
  private static final int READ_BYTES = 40 << 10;

  public static Held create(Setting setting) {
    return more(setting.blocks(WINDOW + STATE));
  }

  /** So many of them. An inflater keeps its input, so all share one. */
  public static Inflaters more(int count) {
    byte[] compressed = Input.COMPRESSED;
    byte[] output = new byte[READ_BYTES];
    return new Inflaters(Stream.generate(() -> halfRead(compressed, output)).limit(count).toList());
  }

  private static final class Input {
    private static final byte[] COMPRESSED = compress(text());
  }

  private static byte[] text() {
    byte[] text = new byte[TEXT_BYTES];
    Random random = new Random(42);
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ('a' + random.nextInt(16));
    }
    return text;
  }

  private static byte[] compress(byte[] text) {
    Deflater deflater = new Deflater();
    deflater.setInput(text);
    deflater.finish();
    byte[] compressed = new byte[TEXT_BYTES * 2];
    deflater.deflate(compressed);
    deflater.end();
    return compressed;
  }

  /** More than a window is read, so the window is full, and something is left, so it is kept. */
  private static Inflater halfRead(byte[] compressed, byte[] output) {
    Inflater inflater = new Inflater();
    inflater.setInput(compressed);
    try {
      inflater.inflate(output);
    } catch (DataFormatException e) {
      throw new IllegalStateException("what was deflated here can't be inflated", e);
    }
    return inflater;
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("malloc.used", inflaters.size() * (GlibcChunk.bytes(WINDOW) + GlibcChunk.bytes(STATE)));
    truth.note(inflaters.size() + " inflaters");
  }
}
