package io.tare.probe.leftovers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.holders.HolderSearch.Found;
import io.tare.probe.holders.HolderSearch.Holder;
import io.tare.probe.holders.HolderSearch.Net;
import io.tare.probe.trend.Trend;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgedTest {
  private static final int RUNS = 100;
  private static final Set<String> ON_THE_PATH = Set.of("java.util.HashMap", "com.acme.Orders.SEEN", "com.acme.Order");

  @Test
  void aCacheIsDeclaredByClassFieldOrPackage() {
    assertThat(Judged.matches(ON_THE_PATH, List.of("com.acme.Order"))).isTrue();
    assertThat(Judged.matches(ON_THE_PATH, List.of("com.acme.Orders.SEEN"))).isTrue();
    assertThat(Judged.matches(ON_THE_PATH, List.of("com.other.*", "com.acme.*"))).isTrue();
    assertThat(Judged.matches(ON_THE_PATH, List.of("com.acme.Ord", "com.acme.Orders", "com.ac*", "acme.*", "")))
        .isFalse();
  }

  @Test
  void whatAccumulatesAtOnePathIsALeak() {
    Judged judged = Judged.of(List.of(growth("com.acme.Order")),
        found(holder("static a", 90, false), holder("static b", 8, false)), RUNS, List.of());
    assertThat(judged.leaks()).singleElement()
        .satisfies(leak -> assertThat(leak.holders()).containsExactly("static a"));
  }

  @Test
  void whatLiesALittleInManyPlacesIsNoLeak() {
    Judged judged = Judged.of(List.of(growth("com.acme.Order")),
        found(holder("static a", 20, false), holder("static b", 24, false),
            holder("static c", 24, false), holder("static d", 22, false)),
        RUNS, List.of());
    assertThat(judged.leaks()).isEmpty();
    assertThat(judged.excused()).extracting(Excused::reason)
        .containsExactly("a little in many places, and nowhere in particular");
  }

  @Test
  void aLeakBesideASoftCacheIsStillALeak() {
    Judged judged = Judged.of(List.of(growth("com.acme.Order")),
        found(holder("static soft", 70, true), holder("static b", 30, false)), RUNS,
        List.of());
    assertThat(judged.leaks()).singleElement()
        .satisfies(leak -> assertThat(leak.holders()).containsExactly("static b", "static soft"));
  }

  @Test
  void aPlaceThatWasEmptyAfterAllTheRoundsIsAClassThatWasLoadedMeanwhile() {
    Judged judged = Judged.of(List.of(growth("com.acme.Order")),
        found(holder("static names of a class", 0, 60, false), holder("static others", 3, 40, false)), RUNS, List.of());
    assertThat(judged.leaks()).isEmpty();
    Judged other = Judged.of(List.of(growth("com.acme.Order")),
        found(holder("static names of a class", 0, 60, false), holder("static others", 10, 40, false)), RUNS,
        List.of());
    assertThat(other.leaks()).singleElement()
        .satisfies(leak -> assertThat(leak.holders()).containsExactly("static others"));
  }

  @Test
  void aConnectionThatTheJdkKeepsIsNoLeakWithItsDescriptorAndWhatIsToBeCleanedUp() {
    Holder cleaner = holder("jdk.internal.ref.CleanerFactory.commonCleaner", 1000, 90, false);
    Holder scattered = holder("in many places", 1000, 3, false);
    List<Growth> grown = List.of(growth("java.net.Socket"), growth("java.io.FileDescriptor"), growth("open files"),
        growth("java.lang.String"));
    Found kept = found(Map.of("java.net.Socket", holder("sun.net.www.http.KeepAliveCache", 1000, 90, false),
        "java.io.FileDescriptor", cleaner, "java.lang.String", scattered));
    assertThat(Judged.of(grown, kept, RUNS, List.of()).leaks()).isEmpty();
    Found leaking = found(Map.of("java.net.Socket", holder("static a", 1000, 90, false), "java.io.FileDescriptor",
        cleaner, "java.lang.String", scattered));
    assertThat(Judged.of(grown, leaking, RUNS, List.of()).leaks()).extracting(Growth::what)
        .containsExactly("open files", "java.net.Socket", "java.lang.String");
    Found nowhere = found(Map.of("java.net.Socket", scattered, "java.io.FileDescriptor", cleaner,
        "java.lang.String", scattered));
    assertThat(Judged.of(grown, nowhere, RUNS, List.of()).leaks()).extracting(Growth::what).first()
        .isEqualTo("open files");
  }

  @Test
  void whereASoftCacheExplainsNearlyAllTheRestIsSomethingElse() {
    Judged judged = Judged.of(List.of(growth("com.acme.Order")),
        found(holder("static soft", 95, true), holder("static b", 30, false)), RUNS, List.of());
    assertThat(judged.leaks()).isEmpty();
  }

  @Test
  void whatDoesNotGrowOnBetweenTheDumpsHasStopped() {
    Judged judged = Judged.of(List.of(growth("com.acme.Order")), found(holder("static a", 20, false)), RUNS, List.of());
    assertThat(judged.knows("com.acme.Order")).isFalse();
  }

  /** As connections that are kept alive for some seconds. */
  @Test
  void openFilesHaveStoppedWhenTheirObjectsHave() {
    List<Growth> grown = List.of(growth(Kind.FILE.plural()), growth("java.io.FileDescriptor"));
    Judged judged = Judged.of(grown, found(Map.of()), RUNS, List.of());
    assertThat(judged.leaks()).isEmpty();
    assertThat(judged.knows(Kind.FILE.plural())).isFalse();
  }

  @Test
  void openFilesOfWhichOnlySomeHaveObjectsThatStoppedAreALeak() {
    Growth files = new Growth(Kind.FILE.plural(), new Trend(2, 2, 2, 10), new Trend(0, 0, 0, 10), Optional.empty());
    Judged judged = Judged.of(List.of(files, growth("java.io.FileDescriptor")), found(Map.of()), RUNS, List.of());
    assertThat(judged.leaks()).containsExactly(files);
    Growth other = growth(Kind.FILE.plural());
    assertThat(Judged.of(List.of(other, growth("java.lang.String")), found(Map.of()), RUNS, List.of()).leaks())
        .containsExactly(other);
  }

  @Test
  void withoutDumpsALeakStaysOneAndTheReasonIsSaid() {
    Judged judged = Judged.of(List.of(growth("com.acme.Order")), new Found(Map.of(), Map.of(), "no room", List.of()),
        RUNS, List.of());
    assertThat(judged.leaks()).hasSize(1);
    assertThat(judged.notes()).containsExactly("Who holds it was not looked for: no room");
  }

  @Test
  void oneInSoManyRunsIsSaidAsTheRarestStaircaseThatShows() {
    assertThat(Pace.seenOneIn(8, 1)).isEqualTo(1);
    assertThat(Pace.seenOneIn(7, 50)).isZero();
    assertThat(Pace.seenOneIn(20, 50)).isEqualTo(250);
  }

  private static Growth growth(String name) {
    return new Growth(name, new Trend(1, 1, 1, 10), new Trend(24, 24, 24, 10), Optional.empty());
  }

  private static Found found(Holder... holders) {
    long objects = List.of(holders).stream().mapToLong(holder -> holder.grown().objects()).sum();
    return new Found(Map.of("com.acme.Order", List.of(holders)),
        Map.of("com.acme.Order", new Net(objects, objects * 24)), "", List.of());
  }

  /** One holder for each class, of all that the dumps say grew. */
  private static Found found(Map<String, Holder> holders) {
    Map<String, List<Holder>> byClass = new HashMap<>();
    Map<String, Net> net = new HashMap<>();
    holders.forEach((name, holder) -> {
      byClass.put(name, List.of(holder));
      net.put(name, new Net(RUNS, RUNS * 24));
    });
    return new Found(byClass, net, "", List.of());
  }

  private static Holder holder(String path, long objects, boolean soft) {
    return holder(path, 10 * objects, objects, soft);
  }

  private static Holder holder(String path, long before, long objects, boolean soft) {
    return new Holder(path, Set.of(path), new Net(objects, objects * 24), new Net(before, before * 24), soft, false);
  }
}
