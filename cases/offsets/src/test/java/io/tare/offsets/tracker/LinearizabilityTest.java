package io.tare.offsets.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.offsets.tracker.Call.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Short bursts of calls from several threads at once, each history searched for an order that explains it. */
class LinearizabilityTest {
  private static final int HISTORIES = Integer.getInteger("histories", 300);
  private static final int THREADS = 3;
  private static final int CALLS_PER_THREAD = 5;
  private static final int SMALL_WINDOW = 40;

  record Subject(String name, long windowWords, java.util.function.LongFunction<OffsetTracker> create) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Subject> everyTracker() {
    return Stream.of(new Subject("locked map", Model.ENDLESS, LockedMap::new),
        new Subject("concurrent map", Model.ENDLESS, ConcurrentMap::new),
        new Subject("hoarding map", Model.ENDLESS, HoardingMap::new),
        new Subject("ring", 2, start -> new BitmapRing(start, SMALL_WINDOW)));
  }

  @ParameterizedTest
  @MethodSource("everyTracker")
  void everyConcurrentHistoryHasAnOrderThatExplainsIt(Subject subject) throws Exception {
    Seed seed = Seed.printed();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int history = 0; history < HISTORIES; history++) {
        RandomGenerator random = seed.random(history);
        long start = random.nextInt(200);
        List<Observed> calls = run(subject.create().apply(start), plans(start, random), threads);
        assertThat(Linearizability.explains(calls, Model.startingAt(start, subject.windowWords())))
            .as("history %d of seed %d: %s", history, seed.value(), calls).isTrue();
      }
    }
  }

  /** Appends of rising offsets, sometimes behind a gap, dealt out to the threads; the other calls ask for offsets about there. */
  private static List<List<Call>> plans(long start, RandomGenerator random) {
    List<List<Call>> plans = IntStream.range(0, THREADS).mapToObj(thread -> (List<Call>) new ArrayList<Call>())
        .toList();
    long next = start;
    for (int i = 0; i < THREADS * CALLS_PER_THREAD; i++) {
      long near = Math.max(0, next - 1 - random.nextInt(4));
      Call call = switch (random.nextInt(8)) {
        case 0, 1, 2 -> new Call(Kind.APPEND, next);
        case 3, 4 -> new Call(Kind.DONE, near);
        case 5, 6 -> new Call(Kind.COMMIT, 0);
        default -> new Call(Kind.READ, near);
      };
      next += call.kind() == Kind.APPEND ? 1 + (random.nextInt(4) == 0 ? random.nextInt(60) : 0) : 0;
      plans.get(i % THREADS).add(call);
    }
    return plans;
  }

  private static List<Observed> run(OffsetTracker tracker, List<List<Call>> plans, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    AtomicLong clock = new AtomicLong();
    AtomicInteger ready = new AtomicInteger();
    List<Future<List<Observed>>> running = new ArrayList<>();
    for (List<Call> plan : plans) {
      running.add(threads.submit(() -> {
        ready.incrementAndGet();
        while (ready.get() < plans.size()) {
          Thread.yield();
        }
        List<Observed> observed = new ArrayList<>();
        for (Call call : plan) {
          long began = clock.incrementAndGet();
          String result = call.on(tracker);
          observed.add(new Observed(call, result, began, clock.incrementAndGet()));
        }
        return observed;
      }));
    }
    List<Observed> all = new ArrayList<>();
    for (Future<List<Observed>> one : running) {
      all.addAll(one.get());
    }
    return all;
  }

  @Test
  void aCommitThatJumpsOverAMessageInFlightHasNoExplanation() {
    List<Observed> calls = List.of(new Observed(new Call(Kind.APPEND, 0), "true", 1, 2),
        new Observed(new Call(Kind.APPEND, 1), "true", 3, 4), new Observed(new Call(Kind.DONE, 1), "true", 5, 6),
        new Observed(new Call(Kind.COMMIT, 0), "2", 7, 8));
    assertThat(Linearizability.explains(calls, Model.startingAt(0, Model.ENDLESS))).isFalse();
  }

  @Test
  void aCommitThatMissesWhatWasDoneBeforeItHasNoExplanation() {
    List<Observed> calls = List.of(new Observed(new Call(Kind.APPEND, 0), "true", 1, 2),
        new Observed(new Call(Kind.DONE, 0), "true", 3, 4), new Observed(new Call(Kind.COMMIT, 0), "0", 5, 6));
    assertThat(Linearizability.explains(calls, Model.startingAt(0, Model.ENDLESS))).isFalse();
  }

  @Test
  void callsAtTheSameTimeMayComeInEitherOrder() {
    List<Observed> calls = List.of(new Observed(new Call(Kind.APPEND, 0), "true", 1, 2),
        new Observed(new Call(Kind.DONE, 0), "true", 3, 6), new Observed(new Call(Kind.COMMIT, 0), "0", 4, 5));
    assertThat(Linearizability.explains(calls, Model.startingAt(0, Model.ENDLESS))).isTrue();
  }
}
