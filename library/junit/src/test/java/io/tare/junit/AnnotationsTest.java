package io.tare.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

@Tag("slow")
class AnnotationsTest {
  private static final List<Object> KEPT = new ArrayList<>();
  private static final CountDownLatch END = new CountDownLatch(1);
  private static volatile Object sink;

  @Test
  void guardedTestsPassOrFailAsTheyShould() {
    Map<String, Optional<String>> results = run(Samples.class);
    assertThat(results.get("allocatesNothing()")).isEmpty();
    assertThat(results.get("allocatesAnObject()").orElseThrow()).startsWith("allocates 16 B per call, limit 0 B")
        .contains("java.lang.Object  at io.tare.junit.AnnotationsTest$Samples.allocatesAnObject");
    assertThat(results.get("leaksSixtyFourBytes()").orElseThrow()).contains("long[]: +1.00, +64 B");
    assertThat(results.get("leaksNothing()")).isEmpty();
    assertThat(results.get("leavesAThread()").orElseThrow()).contains("1 thread left behind")
        .contains("\"sample thread\"");
    assertThat(results.get("leavesADirectBuffer()").orElseThrow()).contains("1 direct buffers left behind, 1.0 KB");
    assertThat(results.get("growsTheHeap()").orElseThrow()).contains("living objects grew by").contains("limit 10.0 MB")
        .contains("byte[]: +1");
    assertThat(results.get("growsResidentMemory()").orElseThrow()).contains("resident memory grew by")
        .contains("limit 10.0 MB");
    assertThat(results.get("isInnocentOfAll()")).isEmpty();
    assertThat(results.get("failsByItself()").orElseThrow()).isEqualTo("its own failure");
  }

  @Test
  void aMethodIsRepeatedWithItsParametersOnOneInstance() {
    Map<String, Optional<String>> results = run(Repeated.class);
    assertThat(results).hasSize(2).containsValue(Optional.empty());
    assertThat(results.values().stream().flatMap(Optional::stream).findFirst().orElseThrow())
        .contains("per call, limit 0 B");
    assertThat(Repeated.beforeEachCalls).isEqualTo(2);
  }

  @Test
  void annotationsOfTheClassHoldForItsTestsAndThoseInside() {
    Map<String, Optional<String>> results = run(OfTheClass.class);
    assertThat(results.get("leavesAThread()").orElseThrow()).contains("1 thread left behind");
    assertThat(results.get("inside()").orElseThrow()).contains("1 thread left behind");
    assertThat(results.get("stopsItsThreadAfterwards()")).isEmpty();
  }

  @Test
  void bothRepeatingGuardsOnOneTestAreCarriedOut() {
    Map<String, Optional<String>> results = run(BothRepeating.class);
    assertThat(results.get("leaks()").orElseThrow()).contains("Leak: grows with every run");
    assertThat(results.get("allocates()").orElseThrow()).contains("per call, limit 0 B");
  }

  @Test
  void testsThatAFactoryMakesAreGuardedOneByOne() {
    Map<String, Optional<String>> results = runWithContainers(Factories.class);
    assertThat(results.get("made leak").orElseThrow()).contains("long[]: +1.00, +64 B");
    assertThat(results.get("made innocent")).isEmpty();
    assertThat(results.get("made allocation").orElseThrow()).contains("allocates 16 B per call, limit 0 B");
    assertThat(results.get("made failure").orElseThrow()).isEqualTo("its own failure");
    assertThat(results.get("threads()").orElseThrow()).contains("1 thread left behind");
    assertThat(results.get("deep leak").orElseThrow()).contains("long[]: +1.00, +64 B");
    assertThat(Factories.calls).isGreaterThan(10);
  }

  @Test
  void aTestThatIsRepeatedByJUnitIsGuardedEachTime() {
    List<Optional<String>> results = runAll(RepeatedByJUnit.class);
    assertThat(results).hasSize(2).allSatisfy(result -> assertThat(result.orElseThrow()).contains("long[]: +1.00"));
  }

  @Test
  void aGuardOnAMethodThatIsNoTestIsRefused() {
    Map<String, Optional<String>> results = run(OnALifecycleMethod.class);
    assertThat(results.get("guarded()").orElseThrow())
        .isEqualTo("@NoLeak on prepare() guards nothing, because that is no"
            + " test method; put it on the test or on the class");
  }

  /** A factory is a container to JUnit: what its guards find is reported there. */
  private static Map<String, Optional<String>> runWithContainers(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute().allEvents().finished()
        .stream()
        .collect(Collectors.toMap(event -> event.getTestDescriptor().getDisplayName(), AnnotationsTest::message));
  }

  private static List<Optional<String>> runAll(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute().testEvents().finished()
        .stream().map(AnnotationsTest::message).toList();
  }

  /** The results by display name: empty for passed, else the message. */
  static Map<String, Optional<String>> run(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute().testEvents().finished()
        .stream()
        .collect(Collectors.toMap(event -> event.getTestDescriptor().getDisplayName(), AnnotationsTest::message));
  }

  private static Optional<String> message(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().map(Throwable::getMessage);
  }

  private static Thread startThread(CountDownLatch end) {
    Thread thread = new Thread(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, "sample thread");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  static class Samples {
    private int calls;

    @Test
    @MaxAllocation("0 B")
    void allocatesNothing() {
      calls++;
    }

    @Test
    @MaxAllocation("0 B")
    void allocatesAnObject() {
      sink = new Object();
    }

    @Test
    @NoLeak(rounds = 12)
    void leaksSixtyFourBytes() {
      KEPT.add(new long[6]);
    }

    @Test
    @NoLeak(rounds = 12)
    void leaksNothing() {
      sink = new long[6];
    }

    @Test
    @NoThreadsLeft(settleMillis = 50)
    void leavesAThread() {
      startThread(END);
    }

    @Test
    @NoDirectBuffersLeft(settleMillis = 100)
    void leavesADirectBuffer() {
      KEPT.add(ByteBuffer.allocateDirect(1024));
    }

    @Test
    @MaxHeap("10 MB")
    void growsTheHeap() {
      sink = new byte[20][1_000_000];
    }

    @Test
    @MaxRss("10 MB")
    void growsResidentMemory() {
      ByteBuffer buffer = ByteBuffer.allocateDirect(30 << 20);
      for (int at = 0; at < buffer.capacity(); at += 4096) {
        buffer.put(at, (byte) 1);
      }
      KEPT.add(buffer);
    }

    @Test
    @MaxHeap("50 MB")
    @MaxRss("500 MB")
    @NoThreadsLeft
    @NoDirectBuffersLeft
    void isInnocentOfAll() throws InterruptedException {
      Thread thread = new Thread(() -> sink = new byte[1000]);
      thread.start();
      thread.join();
    }

    @Test
    @MaxHeap("0 B")
    @NoThreadsLeft
    void failsByItself() {
      throw new AssertionError("its own failure");
    }
  }

  static class Factories {
    private static int calls;

    @TestFactory
    @NoLeak(rounds = 10)
    Stream<DynamicTest> leaks() {
      return Stream.of(dynamicTest("made leak", () -> KEPT.add(new long[6])),
          dynamicTest("made innocent", () -> calls++),
          dynamicTest("made failure", () -> {
            throw new AssertionError("its own failure");
          }));
    }

    @TestFactory
    @MaxAllocation("0 B")
    DynamicTest allocates() {
      return dynamicTest("made allocation", () -> sink = new Object());
    }

    @TestFactory
    @NoThreadsLeft(settleMillis = 50)
    DynamicTest threads() {
      return dynamicTest("made thread", () -> startThread(END));
    }

    @Nested
    @NoLeak(rounds = 10)
    class Inside {
      @TestFactory
      DynamicContainer container() {
        return dynamicContainer("container", List.of(dynamicTest("deep leak", () -> KEPT.add(new long[6]))));
      }
    }
  }

  static class RepeatedByJUnit {
    @RepeatedTest(2)
    @NoLeak(rounds = 10)
    void leaks() {
      KEPT.add(new long[6]);
    }
  }

  static class OnALifecycleMethod {
    @BeforeEach
    @NoLeak
    void prepare() {
      KEPT.add(new long[6]);
    }

    @Test
    @NoThreadsLeft
    void guarded() {
      sink = "";
    }
  }

  static class Repeated {
    static int beforeEachCalls;
    private byte[] prepared = new byte[0];

    @BeforeEach
    void prepare() {
      beforeEachCalls++;
      prepared = new byte[10];
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    @MaxAllocation("0 B")
    void copies(int length) {
      if (length > 0) {
        sink = new byte[length];
      }
      prepared[0]++;
    }
  }

  @NoThreadsLeft(settleMillis = 50)
  static class OfTheClass {
    private final CountDownLatch end = new CountDownLatch(1);
    private Optional<Thread> stopped = Optional.empty();

    @AfterEach
    void endThread() throws InterruptedException {
      if (stopped.isPresent()) {
        end.countDown();
        stopped.get().join();
      }
    }

    @Test
    void leavesAThread() {
      startThread(END);
    }

    @Test
    void stopsItsThreadAfterwards() {
      stopped = Optional.of(startThread(end));
    }

    @Nested
    class Inside {
      @Test
      void inside() {
        startThread(END);
      }
    }
  }

  static class BothRepeating {
    @Test
    @NoLeak(rounds = 10)
    @MaxAllocation("1 KB")
    void leaks() {
      KEPT.add(new byte[100]);
    }

    @Test
    @NoLeak(rounds = 10)
    @MaxAllocation("0 B")
    void allocates() {
      sink = new byte[100];
    }
  }
}
