package io.tare.kit.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tare.kit.AllocatedBytes;
import io.tare.kit.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ByteInternerTest {
  @Test
  void itAgreesWithAMap() {
    Random random = Seed.random("itAgreesWithAMap");
    ByteInterner interner = ByteInterner.upTo(64 << 20);
    Map<String, Integer> reference = new HashMap<>();
    for (int round = 0; round < 60_000; round++) {
      String text = Texts.random(random, 1 + random.nextInt(20));
      byte[] bytes = ("(" + text + ")").getBytes(UTF_8);
      Integer known = reference.get(text);
      assertThat(interner.find(bytes, 1, bytes.length - 1)).isEqualTo(known == null ? ByteInterner.ABSENT : known);
      int number = interner.intern(bytes, 1, bytes.length - 1);
      assertThat(number).isNotNegative();
      Integer before = reference.putIfAbsent(text, number);
      assertThat(before == null || before == number).isTrue();
    }
    assertThat(interner.size()).isEqualTo(reference.size());
    assertThat(reference.values()).doesNotHaveDuplicates();
    reference.forEach((text, number) -> {
      assertThat(interner.string(number)).isEqualTo(text);
      assertThat(interner.bytes(number)).isEqualTo(text.getBytes(UTF_8));
      assertThat(interner.slice(number).contentEquals(text)).isTrue();
    });
  }

  @Test
  void findingAllocatesNothing() {
    ByteInterner interner = ByteInterner.upTo(1 << 20);
    byte[] line = "host=example;".getBytes(UTF_8);
    assertThat(AllocatedBytes.perCall(() -> interner.intern(line, 5, 12))).isZero();
  }

  @Test
  void whatIsFullRefusesWhatIsNewAndKnowsWhatItKnows() {
    ByteInterner interner = ByteInterner.upTo(8 * 65_536);
    int refused = 0;
    int first = interner.intern("first".getBytes(UTF_8), 0, 5);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = ("number " + i).getBytes(UTF_8);
      refused += interner.intern(bytes, 0, bytes.length) == ByteInterner.ABSENT ? 1 : 0;
    }
    assertThat(refused).isBetween(50_000, 80_000);
    assertThat(interner.intern("first".getBytes(UTF_8), 0, 5)).isEqualTo(first);
    assertThat(interner.size()).isEqualTo(100_001 - refused);
  }

  @Test
  void theEmptyAndTheLongestRunAreKeptAndALongerOneIsRefused() {
    ByteInterner interner = ByteInterner.upTo(4 << 20);
    byte[] large = new byte[ByteInterner.LONGEST_BYTES + 1];
    large[ByteInterner.LONGEST_BYTES - 1] = 7;
    int empty = interner.intern(large, 0, 0);
    int longest = interner.intern(large, 0, ByteInterner.LONGEST_BYTES);
    assertThat(interner.bytes(empty)).isEmpty();
    assertThat(interner.bytes(longest)).hasSize(ByteInterner.LONGEST_BYTES).endsWith(7);
    assertThatIllegalArgumentException().isThrownBy(() -> interner.intern(large, 0, large.length));
  }

  @Test
  void threadsAgreeOnEveryNumber() throws InterruptedException {
    Random seeds = Seed.random("threadsAgreeOnEveryNumber");
    ByteInterner interner = ByteInterner.upTo(64 << 20);
    ConcurrentHashMap<String, Integer> agreed = new ConcurrentHashMap<>();
    AtomicInteger wrong = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      Random random = new Random(seeds.nextLong());
      threads[t] = new Thread(() -> {
        for (int i = 0; i < 60_000; i++) {
          String text = "key-" + random.nextInt(20_000);
          byte[] bytes = text.getBytes(UTF_8);
          int number = interner.intern(bytes, 0, bytes.length);
          Integer other = agreed.putIfAbsent(text, number);
          if (other != null && other != number || !interner.string(number).equals(text)) {
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
    assertThat(interner.size()).isEqualTo(agreed.size());
  }
}
