package io.tare.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoStoryTest {
  @Test
  void theProgramsOwnCountIsToldInWordsTheHeaviestFirst() throws Exception {
    Map<?, ?> truth = DemoPrograms
        .object("{\"rssBytes\":209715200,\"truth\":{\"code.cache\":10,\"malloc.used\":10485760,"
            + "\"heap.live\":104857600},\"ready\":true}");
    assertThat(DemoStory.of("leaky", 7, "It forgets nothing.", truth)).containsExactly(
        "leaky runs as process 7. It forgets nothing.",
        "Counted from inside it weighs 200 MB; so much of it is known there:",
        "     100 MB  heap.live",
        "    10.0 MB  malloc.used",
        "Now from outside, without asking it:");
  }

  @Test
  void whatItDidNotCountIsNotTold() throws Exception {
    assertThat(DemoStory.of("x", 7, "It sleeps.", DemoPrograms.object("{\"ready\":true}")))
        .containsExactly("x runs as process 7. It sleeps.", "Now from outside, without asking it:");
  }
}
