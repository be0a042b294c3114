package io.tare.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.profile.AllocationReport.Calls;
import io.tare.model.profile.AllocationReport.Listing;
import io.tare.model.profile.AllocationReport.SourceLine;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import io.tare.model.profile.TopPlaces;
import io.tare.model.profile.TopPlaces.Place;
import io.tare.profile.Top.By;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TopTest {
  private static final ValueType SPACE = new ValueType("inuse_space", "bytes");
  private static final Frame MAIN = new Frame("main.main", "/src/main.go", 3);
  private static final Frame WALK = new Frame("main.walk", "/src/walk.go", 7);
  private static final Frame WALK_AGAIN = new Frame("main.walk", "/src/walk.go", 9);
  private static final Frame SERVE = new Frame("net/http.(*conn).serve", "/go/http.go", 5);
  private static final Frame GENERIC = new Frame("net/http.pool[go.shape.int].get", "", 0);

  private static Sample stack(long objects, long bytes, Frame... innermostFirst) {
    return new Sample(List.of(innermostFirst), List.of(objects, bytes));
  }

  private static final Profile PROFILE = new Profile(List.of(new ValueType("inuse_objects", "count"), SPACE),
      List.of(stack(1, 100, WALK, WALK_AGAIN, MAIN), stack(2, 40, WALK, MAIN), stack(3, 7, MAIN),
          stack(9, 30, GENERIC, SERVE, MAIN), stack(50, 0)));

  private static List<Place> places(int type, By by) {
    return Top.places(PROFILE, type, by).places();
  }

  @Test
  void aStackIsItsInnermostFunctionsAndCountsOnceForEachItComesThrough() {
    assertThat(Top.places(PROFILE, 1, By.FUNCTION)).isEqualTo(new TopPlaces(SPACE, "function", 177,
        List.of(new Place("main.walk", 140, 140), new Place("net/http.pool[go.shape.int].get", 30, 30),
            new Place("main.main", 7, 177), new Place("net/http.(*conn).serve", 0, 30))));
  }

  @Test
  void theValueIsTheOneThatWasAskedForAndAStackWithoutFunctionsIsInTheTotal() {
    TopPlaces objects = Top.places(PROFILE, 0, By.FUNCTION);
    assertThat(objects.total()).isEqualTo(65);
    assertThat(objects.places().getFirst()).isEqualTo(new Place("net/http.pool[go.shape.int].get", 9, 9));
  }

  @Test
  void linesOfOneFunctionAreDifferentPlaces() {
    assertThat(places(1, By.LINE)).contains(new Place("main.walk /src/walk.go:7", 140, 140),
        new Place("main.walk /src/walk.go:9", 0, 100), new Place("net/http.pool[go.shape.int].get", 30, 30))
        .hasSize(5);
  }

  @Test
  void aPackageIsWhatStandsBeforeTheNameWithItsPath() {
    assertThat(places(1, By.PACKAGE)).containsExactly(new Place("main", 147, 177), new Place("net/http", 30, 30));
  }

  @Test
  void aPackageOfJavaEndsBeforeTheClass() {
    Profile java = new Profile(List.of(SPACE),
        List.of(new Sample(List.of(new Frame("shop.cart.Order$Line.add", "Order.java", 3),
            new Frame("Main.main", "Main.java", 1)), List.of(5L))));
    assertThat(Top.places(java, 0, By.PACKAGE).places()).extracting(Place::name).containsExactly("shop.cart", "Main");
  }

  @Test
  void whereTheFileStandsForTheFunctionItIsNamedOnce() {
    Profile python = new Profile(List.of(SPACE),
        List.of(new Sample(List.of(new Frame("/app/orders.py", "/app/orders.py", 3)), List.of(5L))));
    assertThat(Top.places(python, 0, By.LINE).places()).extracting(Place::name).containsExactly("/app/orders.py:3");
  }

  @Test
  void whatTheTagsSayIsAPlaceToo() {
    Profile tagged = new Profile(List.of(SPACE),
        List.of(new Sample(List.of(WALK, MAIN), List.of(5L), Map.of("thread", "worker", "type", "byte[]")),
            new Sample(List.of(MAIN), List.of(7L), Map.of("thread", "main", "type", "byte[]")),
            new Sample(List.of(MAIN), List.of(1L))));
    assertThat(Top.places(tagged, 0, By.THREAD)).isEqualTo(new TopPlaces(SPACE, "thread", 13,
        List.of(new Place("main", 7, 7), new Place("worker", 5, 5), new Place("not told", 1, 1))));
    assertThat(Top.places(tagged, 0, By.TYPE).places()).containsExactly(new Place("byte[]", 12, 12),
        new Place("not told", 1, 1));
  }

  /** Each line counts a stack once, and what lies between two lines is shown where it is short. */
  @Test
  void aFunctionIsToldLineByLine() {
    List<String> text = List.of("1", "2", "3", "4", "5", "6", "seven", "eight", "nine", "10");
    assertThat(Top.listings(PROFILE, 1, Pattern.compile("walk$"), frame -> frame.file().equals("/src/walk.go")
        ? text
        : List.of())).containsExactly(
            new Listing(new Place("main.walk", 140, 140), "/src/walk.go", true, List.of(
                new SourceLine(7, 140, 140, "seven"), new SourceLine(8, 0, 0, "eight"),
                new SourceLine(9, 0, 100, "nine"))));
    assertThat(Top.listings(PROFILE, 1, Pattern.compile("walk$"), frame -> List.of()).getFirst()).isEqualTo(
        new Listing(new Place("main.walk", 140, 140), "/src/walk.go", false,
            List.of(new SourceLine(7, 140, 140, ""), new SourceLine(9, 0, 100, ""))));
  }

  @Test
  void whatShrankMostStandsBesideWhatGrewMost() {
    Profile change = new Profile(List.of(SPACE),
        List.of(new Sample(List.of(MAIN), List.of(5L)), new Sample(List.of(WALK), List.of(-9L)),
            new Sample(List.of(SERVE), List.of(0L))));
    assertThat(Top.places(change, 0, By.FUNCTION)).isEqualTo(new TopPlaces(SPACE, "function", -4,
        List.of(new Place("main.walk", -9, -9), new Place("main.main", 5, 5))));
  }

  @Test
  void callersAndCalleesOfAFunctionThatCallsItself() {
    assertThat(Top.calls(PROFILE, 1, By.FUNCTION, Pattern.compile("walk$"))).containsExactly(
        new Calls(new Place("main.walk", 140, 140),
            List.of(new Place("main.main", 0, 140), new Place("main.walk", 0, 100)),
            List.of(new Place("main.walk", 0, 100))));
  }
}
