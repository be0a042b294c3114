package io.tare.formats.profile.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.NotThisFormat;
import io.tare.model.profile.Profile.Frame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tables without objects, against the JDK's maps. */
class JfrNumbersTest {
  private static final long SEED = 20_261_122;

  @Test
  void keysAreNumberedAsTheyCome() {
    Random random = new Random(SEED);
    JfrNumbering numbers = new JfrNumbering();
    Map<Long, Integer> truth = new LinkedHashMap<>();
    for (int i = 0; i < 50_000; i++) {
      // Near one another, far from one another, and alike in their lower half.
      long key = switch (i % 3) {
        case 0 -> random.nextInt(20_000);
        case 1 -> random.nextLong();
        default -> (long) random.nextInt(5_000) << 32;
      };
      assertThat(numbers.find(key)).isEqualTo(truth.getOrDefault(key, -1));
      truth.putIfAbsent(key, truth.size());
      assertThat(numbers.add(key)).isEqualTo(truth.get(key));
    }
    assertThat(IntStream.range(0, numbers.size()).mapToObj(numbers::key)).containsExactlyElementsOf(truth.keySet());
  }

  /** Also where what is looked up first has room for one of two only. */
  @Test
  void placesAreToldApartByMethodAndLine() {
    Random random = new Random(SEED);
    JfrPlaces places = new JfrPlaces();
    Map<List<Long>, Integer> truth = new LinkedHashMap<>();
    for (int i = 0; i < 50_000; i++) {
      long method = (long) random.nextInt(20) << 40 | random.nextInt(20);
      int line = random.nextInt(3) == 0 ? Integer.MAX_VALUE - random.nextInt(10) : 1024 * random.nextInt(9);
      List<Long> place = List.of(method, (long) line);
      truth.putIfAbsent(place, truth.size());
      assertThat(places.add(method, line)).isEqualTo(truth.get(place));
    }
    assertThat(IntStream.range(0, places.size()).mapToObj(i -> List.of(places.method(i), (long) places.line(i))))
        .containsExactlyElementsOf(truth.keySet());
  }

  @Test
  void sitesAreToldApartByStackTypeAndThread() {
    Random random = new Random(SEED);
    JfrSites sites = new JfrSites();
    Map<List<Long>, List<Long>> truth = new LinkedHashMap<>();
    for (int i = 0; i < 50_000; i++) {
      // Few of one sort, and many: then some are looked for where others are.
      int most = i % 2 == 0 ? 2 : 1 << 30;
      List<Long> site = List.of((long) random.nextInt(2), (long) random.nextInt(2), (long) random.nextInt(most));
      long bytes = random.nextInt(1000);
      sites.add(site.get(0), site.get(1), site.get(2), 2, bytes);
      truth.merge(site, List.of(2L, bytes), (old, more) -> List.of(old.get(0) + 2, old.get(1) + more.get(1)));
    }
    Map<List<Long>, List<Long>> ours = new LinkedHashMap<>();
    for (int i = 0; i < sites.size(); i++) {
      ours.put(List.of(sites.stack(i), sites.type(i), sites.thread(i)), List.of(sites.samples(i), sites.bytes(i)));
    }
    assertThat(List.copyOf(ours.entrySet())).isEqualTo(List.copyOf(truth.entrySet()));
  }

  @Test
  void equalStacksAreOneWhereverTheyStand() {
    Random random = new Random(SEED);
    JfrStacks stacks = new JfrStacks();
    List<Frame> frames = IntStream.range(0, 7).mapToObj(i -> new Frame("f" + i, "", i)).toList();
    frames.forEach(frame -> assertThat(stacks.frame(frame)).isEqualTo(frames.indexOf(frame)));
    frames.forEach(frame -> assertThat(stacks.frame(frame)).isEqualTo(frames.indexOf(frame)));
    Map<List<Frame>, Integer> truth = new LinkedHashMap<>();
    long framesOfAll = 0;
    for (int i = 0; i < 5_000; i++) {
      int[] places = random.ints(20, 0, frames.size()).toArray();
      int from = random.nextInt(10);
      int to = from + random.nextInt(6);
      List<Frame> stack = Arrays.stream(places, from, to).mapToObj(frames::get).toList();
      framesOfAll += truth.containsKey(stack) ? 0 : stack.size();
      truth.putIfAbsent(stack, truth.size());
      assertThat(stacks.stack(places, from, to)).isEqualTo(truth.get(stack));
      assertThat(stacks.framesOfAll()).isEqualTo((int) framesOfAll);
    }
    assertThat(IntStream.range(0, stacks.size()).mapToObj(stacks::frames)).containsExactlyElementsOf(truth.keySet());
  }

  /** Of each length, also where they reach over the end of what is in memory. */
  @Test
  void numbersOfEachLengthAreRead() throws NotThisFormat {
    List<Long> numbers = new ArrayList<>(List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
    for (int bits = 0; bits < Long.SIZE; bits++) {
      numbers.add(1L << bits);
      numbers.add((1L << bits) - 1);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    numbers.forEach(number -> write(content, number));
    for (int windowBytes : List.of(1, 8, 9, 10, 1000)) {
      JfrInput in = new JfrInput("x", JfrSource.of(content.toByteArray()), windowBytes);
      in.go(0, content.size());
      for (long number : numbers) {
        assertThat(in.number()).isEqualTo(number);
      }
      assertThat(in.hasMore()).isFalse();
    }
  }

  private static void write(ByteArrayOutputStream out, long number) {
    long rest = number;
    for (int i = 0; i < 8 && (rest & ~0x7fL) != 0; i++) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
