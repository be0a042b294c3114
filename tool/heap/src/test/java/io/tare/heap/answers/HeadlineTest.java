package io.tare.heap.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.answers.Suspects.Found;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Suspect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a suspect's first line says of the way to it, and when two of them have one. */
class HeadlineTest {
  private static PathStep step(String reference, String className) {
    return new PathStep(reference, 0x10, className, "");
  }

  private static PathStep type(String name) {
    return new PathStep("system class", 0x10, "java.lang.Class", name);
  }

  @Test
  void theFirstFieldOfTheProgramStandsFirstAndWhatLibrariesPutBeforeItIsFolded() {
    assertThat(Headline.words(List.of(type("org.springframework.boot.SpringApplication"),
        step("static hook", "org.springframework.context.Context"),
        step("beanFactory", "org.springframework.beans.Factory"), step("singletonObjects", "java.util.HashMap"),
        step("table", "java.util.HashMap$Node[]"), step("[12]", "java.util.HashMap$Node"),
        step("value", "shop.AuditTrail"), step("bySession", "java.util.HashMap"),
        step("table", "java.util.HashMap$Node[]"))))
        .isEqualTo("shop.AuditTrail.bySession → table, by way of static field"
            + " org.springframework.boot.SpringApplication.hook and 5 steps more");
  }

  @Test
  void whatBeginsInTheProgramIsToldFromThere() {
    assertThat(Headline.words(List.of(type("shop.Prices"), step("static ALL", "java.util.HashMap"),
        step("table", "java.util.HashMap$Node[]"), step("[1]", "shop.Price"), step("past", "long[]"))))
        .isEqualTo("static field shop.Prices.ALL → table → [1] → past");
    assertThat(Headline.words(List.of(new PathStep("thread", 0x10, "java.lang.Thread", "\"main\""),
        step("local variable in shop.Main.run (Main.java:7)", "java.util.ArrayList"), step("elementData", "shop.A[]"),
        step("[3]", "shop.A"), step("b", "byte[]")))).startsWith("thread \"main\" local variable in shop.Main.run");
  }

  @Test
  void withoutAClassOfTheProgramTheWholeWayIsTold() {
    assertThat(Headline.words(List.of(type("org.apache.kafka.Log"), step("static all", "java.util.HashMap"),
        step("table", "java.util.HashMap$Node[]")))).isEqualTo("static field org.apache.kafka.Log.all → table");
  }

  @Test
  void aLibrarysThreadIsNamedAfterTheProgramsField() {
    assertThat(Headline.words(List.of(new PathStep("thread", 0x10, "java.lang.Thread", "\"http-1\""),
        step("local variable in org.apache.tomcat.Net.poll (Net.java:9)", "shop.Cart"),
        step("items", "java.util.ArrayList"))))
        .isEqualTo(
            "shop.Cart.items, by way of thread \"http-1\" local variable in org.apache.tomcat.Net.poll (Net.java:9)");
  }

  private static Found found(int node, String holder, String piledUp, long bytes) {
    return new Found(node, new Suspect(holder + " keeps", holder, bytes, bytes / 1000.0, List.of(), piledUp, 1, bytes,
        List.of()));
  }

  @Test
  void threadsOfOnePoolAreOneCauseAndSoAreElementsOfOneArray() {
    List<Suspect> merged = Causes.merged(
        List.of(found(1, "thread \"pool-1-thread-3\" threadLocals → table → [7]", "byte[]", 300),
            found(2, "thread \"pool-1-thread-4\" threadLocals → table → [9]", "byte[]", 200),
            found(3, "static field app.A.X → [1]", "byte[]", 150),
            found(4, "static field app.A.Y → [1]", "byte[]", 100)),
        (node, holder) -> false, 1000);
    assertThat(merged).extracting(Suspect::retainedBytes).containsExactly(500L, 150L, 100L);
    assertThat(merged.getFirst().summary()).endsWith("keeps; with 1 more of the same kind 50 %");
    assertThat(merged.getFirst().piledUpObjects()).isEqualTo(2);
  }

  @Test
  void whatLiesBelowAnotherOfItsCauseIsNotCountedTwice() {
    List<Suspect> merged = Causes.merged(List.of(found(1, "static field app.A.X → [1]", "byte[]", 300),
        found(2, "static field app.A.X → [1]", "byte[]", 200)), (node, holder) -> node == 2 && holder == 1, 1000);
    assertThat(merged).extracting(Suspect::retainedBytes).containsExactly(300L);
  }
}
