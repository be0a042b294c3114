package io.tare.offsets.state;

import io.tare.offsets.tracker.Standing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * The done offsets behind a committed one as text: a version, the form, and in letters of Base64 a checksum over the offset and
 * all that follows, the number of offsets told of, and the form's bits. No text stands for none. Letters of ASCII only, so that
 * a letter is a byte wherever its length is looked at.
 */
public final class StateText {
  /** What a broker takes unless it is set up otherwise ({@code offset.metadata.max.bytes}). */
  public static final int USUAL_BYTES = 4_096;
  private static final char VERSION = '1';
  private static final int HEAD_LETTERS = 2;
  private static final int CHECKSUM_BYTES = 4;
  private static final int COUNT_BYTES = 3;
  /** A text may come from anyone; what it says takes at most 256 KB. */
  private static final int MOST_OFFSETS = (1 << 21) - 1;

  private StateText() {}

  /** As many offsets behind the next one as always fit, whichever of them are done. */
  public static int offsetsThatAlwaysFit(int mostBytes) {
    return Math.max(0, (int) Math.min(MOST_OFFSETS, bitsFor(mostBytes)));
  }

  private static long bitsFor(int mostBytes) {
    return ((mostBytes - HEAD_LETTERS) * 6L / 8 - CHECKSUM_BYTES - COUNT_BYTES) * 8;
  }

  /** The shortest text of those that tell the most. */
  public static CommitPoint write(Standing standing, int mostBytes) {
    BitSet done = standing.doneBehind();
    int offsets = Math.min(done.length(), MOST_OFFSETS);
    CommitPoint best = new CommitPoint(standing.nextToRead(), "", done.cardinality());
    if (offsets == 0 || bitsFor(mostBytes) <= 0) {
      return best;
    }
    for (Form form : Form.values()) {
      Bits bits = Bits.toWrite(bitsFor(mostBytes));
      int told = form.write(done, offsets, bits);
      int leftOut = done.cardinality() - done.get(0, told).cardinality();
      String text = VERSION + "" + form.letter() + letters(standing.nextToRead(), told, bits.written());
      if (leftOut < best.leftOut() || (leftOut == best.leftOut() && text.length() < best.metadata().length())) {
        best = new CommitPoint(standing.nextToRead(), text, leftOut);
      }
    }
    return best;
  }

  private static String letters(long nextToRead, int told, byte[] bits) {
    ByteBuffer body = ByteBuffer.allocate(COUNT_BYTES + bits.length);
    int left = told;
    while (left > 0x7F) {
      body.put((byte) (left | 0x80));
      left >>>= 7;
    }
    body.put((byte) left).put(bits);
    byte[] all = Arrays.copyOf(body.array(), body.position());
    byte[] checked = ByteBuffer.allocate(CHECKSUM_BYTES + all.length).putInt(checksum(nextToRead, all)).put(all)
        .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(checked);
  }

  /** Metadata of one offset says nothing about another one. */
  private static int checksum(long nextToRead, byte[] body) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(nextToRead).array());
    sum.update(body);
    return (int) sum.getValue();
  }

  /**
   * What was done when this offset was committed.
   *
   * @throws NotAState when the text is from somebody else, from a later version, or damaged
   */
  public static Standing read(long nextToRead, String metadata) throws NotAState {
    if (metadata.isEmpty()) {
      return Standing.at(nextToRead);
    }
    Form form = form(metadata);
    byte[] all = bytes(metadata);
    byte[] body = Arrays.copyOfRange(all, CHECKSUM_BYTES, all.length);
    if (checksum(nextToRead, body) != ByteBuffer.wrap(all).getInt()) {
      throw new NotAState("the checksum is not that of offset " + nextToRead + " and this text");
    }
    int offsets = 0;
    int at = 0;
    for (boolean more = true; more; at++) {
      if (at == Math.min(body.length, COUNT_BYTES)) {
        throw new NotAState("the number of offsets does not end");
      }
      offsets |= (body[at] & 0x7F) << (7 * at);
      more = body[at] < 0;
    }
    BitSet done = new BitSet(offsets);
    form.read(Bits.toRead(Arrays.copyOfRange(body, at, body.length)), offsets, done);
    return new Standing(nextToRead, done);
  }

  private static Form form(String metadata) throws NotAState {
    if (metadata.length() < HEAD_LETTERS || metadata.charAt(0) < '1' || metadata.charAt(0) > '9') {
      throw new NotAState("metadata that somebody else wrote");
    }
    if (metadata.charAt(0) != VERSION) {
      throw new NotAState("version " + metadata.charAt(0) + ", and this program knows " + VERSION);
    }
    for (Form form : Form.values()) {
      if (form.letter() == metadata.charAt(1)) {
        return form;
      }
    }
    throw new NotAState("no form is called " + metadata.charAt(1));
  }

  private static byte[] bytes(String metadata) throws NotAState {
    try {
      byte[] all = Base64.getUrlDecoder().decode(metadata.substring(HEAD_LETTERS));
      if (all.length > CHECKSUM_BYTES) {
        return all;
      }
    } catch (IllegalArgumentException notLetters) {
      throw new NotAState("not Base64: " + notLetters.getMessage());
    }
    throw new NotAState("a text that ends within its checksum");
  }
}
