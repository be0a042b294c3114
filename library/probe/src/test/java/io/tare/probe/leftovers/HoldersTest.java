package io.tare.probe.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tare.probe.Work;
import io.tare.probe.holders.HolderSearch;
import io.tare.probe.holders.HolderSearch.Holder;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A leak is named with who holds it; what may grow is told apart. */
@Tag("slow")
class HoldersTest {
  private static final LeakOptions QUICK = new LeakOptions(10, 2, Duration.ofMillis(20), false, 20, List.of());
  private static final List<Order> SEEN = new LinkedList<>();
  private static final ThreadLocal<List<int[]>> LOCAL = ThreadLocal.withInitial(ArrayList::new);
  private static final Map<Integer, SoftReference<short[]>> SOFT_CACHE = new HashMap<>();
  private static final Map<Integer, Box> BOXES = new HashMap<>();
  /** Nearer to a root than the map. */
  private static final @Nullable Box[] NEWEST = new Box[100];
  private static final Cache CACHE = new Cache();

  // Made for each test: the JVM clears one that nobody asked for a while.
  private final SoftReference<List<long[]>> soft = new SoftReference<>(new ArrayList<>());
  private final List<char[]> kept = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();
  private int counter;

  private record Box(@Nullable SoftReference<byte[]> content) {}

  private record Order(Line line) {}

  private record Line(long number) {}

  private static final class Cache {
    private final Map<Integer, double[]> entries = new HashMap<>();
  }

  @Test
  void aLeakInAStaticFieldIsNamedByTheFieldAndAllThatHangsOnIt() {
    LeakReport report = LeakProtocol.run(QUICK, () -> SEEN.add(new Order(new Line(counter++))));
    String field = "static io.tare.probe.leftovers.HoldersTest.SEEN (LinkedList)";
    assertThat(holders(report, Order.class.getName()))
        .containsExactly(field + " → io.tare.probe.leftovers.HoldersTest$Order");
    assertThat(holders(report, Line.class.getName()))
        .containsExactly(
            field + " → io.tare.probe.leftovers.HoldersTest$Order.line (io.tare.probe.leftovers.HoldersTest$Line)");
    assertThat(report.leaks().get(0).what()).isEqualTo(Order.class.getName());
  }

  private static final class Fourth {
    static final List<Object> HELD = new ArrayList<>();
  }

  private static final class Third {
    static final List<Object> HELD = Fourth.HELD;
  }

  private static final class Second {
    static final List<Object> HELD = Third.HELD;
  }

  private static final class First {
    static final List<Object> HELD = Second.HELD;
  }

  @Test
  void whatSeveralFieldsHoldIsNamedByTheFirstOfTheirClasses() {
    LeakReport report = LeakProtocol.run(QUICK, () -> First.HELD.add(new Line(counter++)));
    assertThat(holders(report, Line.class.getName())).containsExactly("static "
        + First.class.getName() + ".HELD (ArrayList) → io.tare.probe.leftovers.HoldersTest$Line");
  }

  @Test
  void aThreadLocalIsNamedByItsThreadAndTheFieldThatHoldsItsKey() {
    LeakReport report = LeakProtocol.run(QUICK, () -> LOCAL.get().add(new int[50]));
    assertThat(holders(report, "int[]"))
        .containsExactly("thread \"" + Thread.currentThread().getName().replaceAll("\\d+", "*")
            + "\".ThreadLocal static io.tare.probe.leftovers.HoldersTest.LOCAL (ArrayList) → int[]");
  }

  @Test
  void aFieldOfTheTestItselfIsNamed() {
    LeakReport report = LeakProtocol.run(QUICK, () -> kept.add(new char[50]));
    assertThat(holders(report, "char[]")).singleElement().asString()
        .endsWith("(io.tare.probe.leftovers.HoldersTest).kept (ArrayList) → char[]");
  }

  @Test
  void aTextThatGrowsIsNamedThoughItsArrayDoublesEverMoreSeldom() {
    LeakReport report = LeakProtocol.run(QUICK, () -> log.append("a line of a log that nobody ends ".repeat(10)));
    assertThat(holders(report, "byte[]")).singleElement().asString()
        .endsWith("(io.tare.probe.leftovers.HoldersTest).log.value (byte[])");
    assertThat(leak(report, "byte[]").bytesPerRun()).satisfies(perRun -> {
      assertThat(perRun.low()).isLessThan(330);
      assertThat(perRun.high()).isGreaterThan(330);
    });
  }

  @Test
  void aTextThatIsEmptiedInTimeIsNoLeak() {
    LeakReport report = LeakProtocol.run(QUICK, () -> {
      if (log.length() > 50_000) {
        log.setLength(0);
      }
      log.append("a line of a log that nobody ends ".repeat(10));
    });
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
  }

  @Test
  void whatOnlyASoftReferenceHoldsIsNoLeak() {
    LeakReport report = LeakProtocol.run(QUICK, () -> {
      List<long[]> list = soft.get();
      if (list != null) {
        list.add(new long[50]);
      }
    });
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
    assertThat(report.inWords()).contains("long[]: held by soft references only");
  }

  @Test
  void entriesOfACacheOfSoftReferencesAreNoLeak() {
    LeakReport report = LeakProtocol.run(QUICK,
        () -> SOFT_CACHE.put(1000 + counter++, new SoftReference<>(new short[50])));
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
    assertThat(report.excused()).extracting(excused -> excused.growth().what())
        .contains("short[]", "java.lang.ref.SoftReference", "java.lang.Integer", "java.util.HashMap$Node");
  }

  /** As Caffeine does, which writes the newest entries into a buffer too. */
  @Test
  void entriesOfASoftCacheAreNoLeakAlsoWhereSomeAreNotedElsewhereForAWhile() {
    putBoxes(0, 1000);
    HolderSearch.Found found = HolderSearch.around(() -> putBoxes(10_000, 400), List.of(Box.class.getName()), false);
    assertThat(found.of(Box.class.getName())).extracting(holder -> holder.grown().objects(), Holder::isSoft)
        .containsExactly(tuple(300L, true), tuple(100L, true));
  }

  /** Of these most have none: something else than a cache that can be emptied. */
  @Test
  void entriesOfWhichSomeHaveASoftReferenceAreALeak() {
    putBoxes(0, 1000);
    HolderSearch.Found found = HolderSearch.around(() -> {
      for (int i = 0; i < 400; i++) {
        BOXES.put(20_000 + i, new Box(i % 4 == 0 ? new SoftReference<>(new byte[10]) : null));
      }
    }, List.of(Box.class.getName()), false);
    assertThat(found.of(Box.class.getName())).extracting(holder -> holder.grown().objects(), Holder::isSoft)
        .containsExactly(tuple(400L, false));
  }

  private static void putBoxes(int first, int count) {
    for (int i = 0; i < count; i++) {
      Box box = new Box(new SoftReference<>(new byte[10]));
      BOXES.put(first + i, box);
      if (first > 0 && i < NEWEST.length) {
        NEWEST[i] = box;
      }
    }
  }

  @Test
  void aDeclaredCacheIsNoLeakAndWithoutTheDeclarationItIs() {
    Work<RuntimeException> work = () -> CACHE.entries.put(1000 + counter++, new double[50]);
    assertThat(LeakProtocol.run(QUICK, work).verdict()).isEqualTo(LeakReport.Verdict.LEAK);
    LeakReport report = LeakProtocol.run(QUICK.ignoring(List.of("io.tare.probe.leftovers.HoldersTest$Cache.entries")),
        work);
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
    assertThat(report.inWords()).contains("double[]: held by a declared cache");
  }

  @Test
  void oneObjectInAHundredRunsIsFoundByItself() {
    LeakReport report = LeakProtocol.run(LeakOptions.ofRounds(12), () -> {
      if (counter++ % 100 == 0) {
        kept.add(new char[50]);
      }
    });
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.LEAK);
    assertThat(report.measured().seenOneIn()).isEqualTo(400);
    assertThat(leak(report, "char[]").objectsPerRun().slope()).isEqualTo(0.01);
  }

  @Test
  void whatIsRarerThanCanBeSeenIsSaid() {
    LeakReport report = LeakProtocol.run(QUICK.withRunsPerRound(3), () -> {
      if (counter++ % 100 == 0) {
        kept.add(new char[50]);
      }
    });
    assertThat(report.verdict()).isEqualTo(LeakReport.Verdict.CLEAN);
    assertThat(report.inWords()).startsWith("No leak in 10 rounds of 3 runs; cannot tell of one in more than 3 runs");
  }

  private static List<String> holders(LeakReport report, String className) {
    return leak(report, className).holders();
  }

  private static Growth leak(LeakReport report, String what) {
    return report.leaks().stream().filter(growth -> growth.what().equals(what)).findFirst()
        .orElseThrow(() -> new AssertionError(what + " not in " + report.inWords()));
  }
}
