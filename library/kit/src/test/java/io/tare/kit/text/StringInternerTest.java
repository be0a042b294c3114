package io.tare.kit.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.kit.AllocatedBytes;
import io.tare.kit.Seed;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StringInternerTest {
  @Test
  void equalTextGivesTheSameStringFromCharactersAndFromBytes() {
    StringInterner interner = StringInterner.upTo(1_024);
    for (String text : new String[] {"GET", "größe", "日本", "a😀b"}) {
      String first = interner.intern(new String(text));
      byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
      assertThat(interner.intern(new String(text))).isSameAs(first);
      assertThat(interner.intern(bytes, 1, bytes.length - 1)).isSameAs(first);
    }
  }

  @Test
  void aKnownStringIsFoundFromItsBytesWithoutBeingMade() {
    StringInterner interner = StringInterner.upTo(1_024);
    byte[] ascii = "/api/v1/customers".getBytes(UTF_8);
    byte[] other = "/straße/日本".getBytes(UTF_8);
    assertThat(AllocatedBytes.perCall(() -> {
      interner.intern(ascii, 0, ascii.length);
      interner.intern(other, 0, other.length);
    })).isZero();
  }

  @Test
  void whatComesOutAlwaysEqualsWhatWentIn() {
    Random random = Seed.random("whatComesOutAlwaysEqualsWhatWentIn");
    StringInterner interner = StringInterner.upTo(64);
    for (int round = 0; round < 50_000; round++) {
      String text = Texts.random(random, 3);
      byte[] bytes = text.getBytes(UTF_8);
      String out = random.nextBoolean() ? interner.intern(text) : interner.intern(bytes, 0, bytes.length);
      assertThat(out).isEqualTo(text);
    }
  }

  @Test
  void malformedBytesGiveWhatNewStringGives() {
    Random random = Seed.random("malformedBytesGiveWhatNewStringGives");
    StringInterner interner = StringInterner.upTo(64);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(6)];
      random.nextBytes(bytes);
      assertThat(interner.intern(bytes, 0, bytes.length)).isEqualTo(new String(bytes, UTF_8));
    }
  }

  @Test
  void aLongStringIsNotKept() {
    StringInterner interner = StringInterner.upTo(64);
    byte[] tooLong = "x".repeat(StringInterner.LONGEST_CHARS + 1).getBytes(UTF_8);
    assertThat(interner.intern(tooLong, 0, tooLong.length))
        .isNotSameAs(interner.intern(tooLong, 0, tooLong.length));
    byte[] longest = "x".repeat(StringInterner.LONGEST_CHARS).getBytes(UTF_8);
    assertThat(interner.intern(longest, 0, longest.length)).isSameAs(interner.intern(longest, 0, longest.length));
  }

  @Test
  void nearlyAllOfTheStringsItIsMadeForAreKept() {
    StringInterner interner = StringInterner.upTo(1_000);
    String[] first = new String[1_000];
    for (int i = 0; i < first.length; i++) {
      first[i] = interner.intern("name-" + i);
    }
    int kept = 0;
    for (int i = 0; i < first.length; i++) {
      kept += interner.intern("name-" + i) == first[i] ? 1 : 0;
    }
    assertThat(kept).isGreaterThan(900);
  }

  @Test
  void stringsThatCollideOnPurposeOnlyMiss() {
    StringInterner interner = StringInterner.upTo(16);
    for (int i = 0; i < 256; i++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 8; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      assertThat(interner.intern(text.toString())).isEqualTo(text.toString());
    }
  }

  @Test
  void manyThreadsAlwaysGetEqualStrings() throws InterruptedException {
    Random seeds = Seed.random("manyThreadsAlwaysGetEqualStrings");
    StringInterner interner = StringInterner.upTo(32);
    AtomicInteger wrong = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      Random random = new Random(seeds.nextLong());
      threads[t] = new Thread(() -> {
        for (int i = 0; i < 50_000; i++) {
          String text = "key" + random.nextInt(60);
          byte[] bytes = text.getBytes(UTF_8);
          if (!interner.intern(bytes, 0, bytes.length).equals(text)) {
            wrong.incrementAndGet();
          }
        }
      });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).hasValue(0);
  }
}
