package io.tare.kit.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tare.kit.Seed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8SliceTest {
  @Test
  void aSliceReadsLikeTheString() {
    Random random = Seed.random("aSliceReadsLikeTheString");
    for (int round = 0; round < 3_000; round++) {
      String text = Texts.random(random, 40);
      Utf8Slice slice = within(random, text);
      assertThat(slice.length()).isEqualTo(text.length());
      assertThat(slice.toString()).isEqualTo(text);
      assertThat(slice.hashCode()).isEqualTo(text.hashCode());
      assertThat(slice.contentEquals(text)).isTrue();
      assertThat(slice.contentEquals(text + "x")).isFalse();
      assertThat(slice).isEqualTo(within(random, text)).isEqualTo(slice.detached());
      for (int i = 0; i < text.length(); i++) {
        assertThat(slice.charAt(i)).isEqualTo(text.charAt(i));
        int anywhere = random.nextInt(text.length());
        assertThat(slice.charAt(anywhere)).isEqualTo(text.charAt(anywhere));
      }
      int start = random.nextInt(text.length() + 1);
      int end = start + random.nextInt(text.length() - start + 1);
      assertThat(slice.subSequence(start, end).toString()).isEqualTo(text.substring(start, end));
      assertThat(slice.subSequence(start, end).length()).isEqualTo(end - start);
    }
  }

  @Test
  void exactlyWhatTheDecoderRefusesIsRefused() {
    Random random = Seed.random("exactlyWhatTheDecoderRefusesIsRefused");
    int refused = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(5)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0x80 + random.nextInt(128));
      }
      boolean decodes = decodes(bytes);
      refused += decodes ? 0 : 1;
      assertThat(Utf8.countChars(bytes, 0, bytes.length) >= 0).as(java.util.Arrays.toString(bytes)).isEqualTo(decodes);
    }
    assertThat(refused).isBetween(1_000, 199_000);
    assertThatIllegalArgumentException().isThrownBy(() -> Utf8Slice.of(new byte[] {'a', (byte) 0xC0, (byte) 0x80}))
        .withMessage("malformed UTF-8 in bytes 0 to 3");
  }

  @Test
  void aSliceFollowsTheBytesUnderItUnlessDetached() {
    byte[] bytes = "total=1".getBytes(UTF_8);
    Utf8Slice slice = Utf8Slice.of(bytes, 0, 5);
    Utf8Slice detached = slice.detached();
    bytes[0] = 'T';
    assertThat(slice.toString()).isEqualTo("Total");
    assertThat(detached.toString()).isEqualTo("total");
  }

  @Test
  void aCharacterCutInTwoIsTheSameHalfAsInAString() {
    String text = "a😀b";
    CharSequence half = Utf8Slice.of(text.getBytes(UTF_8)).subSequence(0, 2);
    assertThat(half.toString()).isEqualTo(text.substring(0, 2));
  }

  @Test
  void anIndexOutsideThrows() {
    Utf8Slice slice = Utf8Slice.of("äb".getBytes(UTF_8));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.charAt(2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.charAt(-1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.subSequence(1, 3));
  }

  @Test
  void readersInManyThreadsSeeTheSameText() throws InterruptedException {
    String text = "ä😀€a".repeat(50);
    Utf8Slice slice = Utf8Slice.of(text.getBytes(UTF_8));
    Random seeds = Seed.random("readersInManyThreadsSeeTheSameText");
    java.util.concurrent.atomic.AtomicInteger wrong = new java.util.concurrent.atomic.AtomicInteger();
    Thread[] readers = new Thread[4];
    for (int t = 0; t < readers.length; t++) {
      Random random = new Random(seeds.nextLong());
      readers[t] = new Thread(() -> {
        for (int i = 0; i < 20_000; i++) {
          int at = random.nextInt(text.length());
          if (slice.charAt(at) != text.charAt(at)) {
            wrong.incrementAndGet();
          }
        }
      });
      readers[t].start();
    }
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(wrong).hasValue(0);
  }

  private static Utf8Slice within(Random random, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int before = random.nextInt(9);
    byte[] around = new byte[before + bytes.length + random.nextInt(9)];
    random.nextBytes(around);
    System.arraycopy(bytes, 0, around, before, bytes.length);
    return Utf8Slice.of(around, before, before + bytes.length);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
