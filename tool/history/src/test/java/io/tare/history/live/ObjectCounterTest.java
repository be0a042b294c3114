package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.profile.Profile.Frame;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ObjectCounterTest {
  static final class Kept {
    final long number;

    Kept(long number) {
      this.number = number;
    }
  }

  @Test
  @Tag("slow")
  void aJvmsObjectsAreCountedByClass() {
    List<Kept> kept = IntStream.range(0, 12_345).mapToObj(Kept::new).toList();
    Counting counting = ObjectCounter.count(ProcessHandle.current().pid(), 77).orElseThrow();
    assertThat(kept).hasSize(12_345);
    assertThat(counting.kind()).isEqualTo(Counting.Kind.CLASS);
    assertThat(counting.epochMillis()).isEqualTo(77);
    assertThat(counting.counts()).filteredOn(count -> count.name().equals(Kept.class.getName())).singleElement()
        .extracting(Count::objects).isEqualTo(12_345L);
    assertThat(counting.counts().stream().map(Count::bytes).toList())
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(counting.counts()).hasSize(200);
    assertThat(counting.leftOutBytes()).isPositive().isLessThanOrEqualTo(counting.counts().getLast().bytes());
  }

  @Test
  void theNextCountIsPaidForFirst() {
    ObjectCounter counter = new ObjectCounter(Duration.ofMinutes(1));
    assertThat(counter.isDue(1_000)).isTrue();
    counter.took(1_000, 10_000_000, true);
    assertThat(counter.isDue(60_999)).isFalse();
    assertThat(counter.isDue(61_000)).isTrue();
    counter.took(61_000, 2_000_000_000L, true);
    assertThat(counter.isDue(260_999)).as("two seconds of work are one percent of two hundred").isFalse();
    assertThat(counter.isDue(261_000)).isTrue();
  }

  @Test
  void whatCanNotBeCountedIsTriedThreeTimes() {
    ObjectCounter counter = new ObjectCounter(Duration.ofSeconds(10));
    for (int i = 0; i < 3; i++) {
      assertThat(counter.hasGivenUp()).isFalse();
      assertThat(counter.isDue(i * 10_000L)).isTrue();
      counter.took(i * 10_000L, 0, false);
    }
    assertThat(counter.hasGivenUp()).isTrue();
    assertThat(counter.isDue(1_000_000)).isFalse();
  }

  @Test
  void nothingIsCountedWhereItWasNotAskedFor() {
    assertThat(new ObjectCounter(Duration.ZERO).isDue(1_000_000)).isFalse();
  }

  private static String own(String... innermostFirst) {
    return ObjectCounter
        .ownFunction(Arrays.stream(innermostFirst).map(name -> new Frame(name, "", 0)).toList());
  }

  @Test
  void theFunctionThatIsNamedIsTheProgramsOwn() {
    assertThat(own("bytes.makeSlice", "bytes.(*Buffer).Write", "main.appendLog", "main.main"))
        .isEqualTo("main.appendLog");
    assertThat(own("strings.Repeat", "github.com/shop/cart.Add", "main.main")).isEqualTo("github.com/shop/cart.Add");
    assertThat(own("net/http.newBufioReader", "net/http.(*conn).serve")).isEqualTo("net/http.newBufioReader");
    assertThat(own()).isEmpty();
  }
}
