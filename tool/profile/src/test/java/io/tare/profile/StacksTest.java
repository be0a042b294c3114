package io.tare.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import io.tare.profile.Stacks.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StacksTest {
  private static Sample stack(String innermostFirst, Long... values) {
    return new Sample(Arrays.stream(innermostFirst.split(" ")).map(name -> new Frame(name, "", 0)).toList(),
        List.of(values));
  }

  private static Profile profile(Sample... samples) {
    return new Profile(List.of(new ValueType("objects", "count"), new ValueType("space", "bytes")), List.of(samples));
  }

  private static final Profile PROFILE = profile(stack("load main", 1L, 10L), stack("cache load main", 2L, 20L),
      stack("serve", 3L, 30L));

  private static List<Pattern> patterns(String... texts) {
    return Arrays.stream(texts).map(Pattern::compile).toList();
  }

  private static Profile filtered(List<Pattern> focus, List<Pattern> ignore, List<Pattern> hide) {
    return Stacks.filtered(PROFILE, new Filter(focus, ignore, hide));
  }

  @Test
  void everyFocusMustFindAFunctionOfAStack() {
    assertThat(filtered(patterns("load"), List.of(), List.of()))
        .isEqualTo(profile(stack("load main", 1L, 10L), stack("cache load main", 2L, 20L)));
    assertThat(filtered(patterns("load", "^cache$"), List.of(), List.of()))
        .isEqualTo(profile(stack("cache load main", 2L, 20L)));
  }

  /** A large one would not fit into memory a second time. */
  @Test
  void whatIsNotChangedIsNotCopied() {
    assertThat(Stacks.sum(List.of(PROFILE)).orElseThrow()).isSameAs(PROFILE);
    List<Sample> kept = filtered(patterns("load"), patterns("cache"), List.of()).samples();
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst()).isSameAs(PROFILE.samples().getFirst());
  }

  @Test
  void oneIgnoredFunctionIsEnoughForAStackToGo() {
    assertThat(filtered(List.of(), patterns("cache", "none"), List.of()))
        .isEqualTo(profile(stack("load main", 1L, 10L), stack("serve", 3L, 30L)));
  }

  @Test
  void whatIsHiddenIsLeftOutAndTheStackStaysWhileSomethingRemains() {
    assertThat(filtered(List.of(), List.of(), patterns("load", "serve")))
        .isEqualTo(profile(stack("main", 1L, 10L), stack("cache main", 2L, 20L)));
  }

  @Test
  void aStackStaysWhenAllItsTagsFit() {
    Sample both = new Sample(List.of(), List.of(1L, 1L), Map.of("thread", "worker-1", "type", "byte[]"));
    Sample one = new Sample(List.of(new Frame("f", "", 0)), List.of(1L, 1L), Map.of("thread", "worker-2"));
    Profile tagged = profile(one, new Sample(one.frames(), one.values(), both.tags()));
    assertThat(Stacks.filtered(tagged, new Filter(List.of(), List.of(), List.of(),
        Map.of("thread", Pattern.compile("worker"), "type", Pattern.compile("byte"))))
        .samples()).extracting(Sample::tags).containsExactly(both.tags());
    assertThat(Stacks.filtered(tagged, new Filter(List.of(), List.of(), List.of(),
        Map.of("thread", Pattern.compile("-2$")))).samples()).containsExactly(one);
  }

  @Test
  void equalStacksOfDifferentTagsStayApart() {
    Sample one = new Sample(List.of(), List.of(1L, 1L), Map.of("thread", "a"));
    Sample other = new Sample(List.of(), List.of(2L, 2L), Map.of("thread", "b"));
    assertThat(Stacks.sum(List.of(profile(one, other), profile(one)))).contains(
        profile(new Sample(List.of(), List.of(2L, 2L), Map.of("thread", "a")), other));
  }

  @Test
  void equalStacksAddUp() {
    assertThat(Stacks.sum(List.of(PROFILE, profile(stack("serve", 1L, 1L), stack("new", 5L, 5L)))))
        .contains(profile(stack("load main", 1L, 10L), stack("cache load main", 2L, 20L), stack("serve", 4L, 31L),
            stack("new", 5L, 5L)));
  }

  @Test
  void aDifferenceKeepsWhatMovedAndItsSign() {
    assertThat(Stacks.difference(PROFILE, profile(stack("load main", 1L, 10L), stack("serve", 4L, 20L),
        stack("gone", 6L, 60L))))
        .contains(profile(stack("cache load main", 2L, 20L), stack("serve", -1L, 10L), stack("gone", -6L, -60L)));
  }

  @Test
  void profilesOfDifferentThingsAreNotAddedUp() {
    Profile other = new Profile(List.of(new ValueType("samples", "count")), List.of(stack("main", 1L)));
    assertThat(Stacks.sum(List.of(PROFILE, other))).isEmpty();
    assertThat(Stacks.difference(other, PROFILE)).isEmpty();
    assertThat(Stacks.sum(List.of())).isEmpty();
  }
}
