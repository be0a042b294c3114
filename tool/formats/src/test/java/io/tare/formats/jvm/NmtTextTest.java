package io.tare.formats.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.jvm.NmtReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NmtTextTest {
  private static Parsed<NmtReport> parse(String text) throws NotThisFormat {
    return NmtText.parse("ask/VM.native_memory", text, ParseLimits.DEFAULT);
  }

  private static NmtReport.Category category(NmtReport report, String name) {
    return report.categories().stream().filter(category -> category.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"openjdk-17.0.15-g1/VM.native_memory.summary", "openjdk-17.0.15-serial/VM.native_memory.summary",
      "temurin-25.0.3-g1/VM.native_memory.summary", "temurin-25.0.3-g1/VM.native_memory.detail",
      "temurin-25.0.3-serial/VM.native_memory.summary"})
  void theCategoriesAddUpToTheTotal(String name) throws NotThisFormat {
    Parsed<NmtReport> parsed = parse(Fixtures.text(name));
    NmtReport report = parsed.value();
    assertThat(parsed.problems()).isEmpty();
    long rounding = 1024L * (report.categories().size() + 1);
    assertThat(sum(report.categories(), false)).isBetween(report.reservedBytes() - rounding,
        report.reservedBytes() + rounding);
    assertThat(sum(report.categories(), true)).isBetween(report.committedBytes() - rounding,
        report.committedBytes() + rounding);
  }

  private static long sum(List<NmtReport.Category> categories, boolean committed) {
    return categories.stream().mapToLong(category -> committed ? category.committedBytes() : category.reservedBytes())
        .sum();
  }

  @Test
  void mallocAndArenasAddUpToTheTotalOfMalloc() throws NotThisFormat {
    NmtReport report = parse(Fixtures.text("temurin-25.0.3-g1/VM.native_memory.summary")).value();
    long malloc = report.categories().stream().mapToLong(category -> category.mallocBytes().orElse(0)).sum();
    assertThat(malloc).isBetween((14782L - 2 * report.categories().size()) << 10,
        (14782L + 2 * report.categories().size()) << 10);
  }

  @Test
  void countsOfThreadsAndClassesAreTold() throws NotThisFormat {
    NmtReport newer = parse(Fixtures.text("temurin-25.0.3-g1/VM.native_memory.summary")).value();
    assertThat(category(newer, "Thread").count()).hasValue(22);
    assertThat(category(newer, "Class").count()).hasValue(785);
    assertThat(category(newer, "Java Heap").mallocBytes()).isEmpty();
    NmtReport older = parse(Fixtures.text("openjdk-17.0.15-g1/VM.native_memory.summary")).value();
    assertThat(category(older, "Thread").count().getAsLong()).isPositive();
    assertThat(category(older, "Thread").mallocBytes().getAsLong()).isPositive();
  }

  @Test
  void aDifferenceHoldsTheTotalsAndTheChange() throws NotThisFormat {
    String text = Fixtures.text("temurin-25.0.3-g1/VM.native_memory.summary.diff");
    assertThat(parse(text).value().reservedBytes()).isEqualTo(1515342L << 10);
    NmtReport change = NmtText.parseChange("a", text, ParseLimits.DEFAULT).value();
    assertThat(change.reservedBytes()).isEqualTo(186 << 10);
    assertThat(category(change, "Java Heap").committedBytes()).isZero();
    assertThat(change.categories()).anyMatch(category -> category.mallocBytes().orElse(0) > 0);
  }

  @Test
  void shrinkingIsANegativeChange() throws NotThisFormat {
    String text = "Total: reserved=100KB -20KB, committed=90KB -10KB\n\n-   GC (reserved=50KB -20KB, committed=40KB -10KB)\n"
        + "     (malloc=50KB -20KB #3 -1)\n     (threads #4 -2)\n";
    NmtReport change = NmtText.parseChange("a", text, ParseLimits.DEFAULT).value();
    assertThat(change.committedBytes()).isEqualTo(-10 << 10);
    assertThat(category(change, "GC").mallocBytes()).hasValue(-20 << 10);
    assertThat(category(change, "GC").count()).hasValue(-2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"67108864", "65536KB", "64MB"})
  void anyScaleIsBytes(String size) throws NotThisFormat {
    String text = "Total: reserved=" + size + ", committed=" + size + "\n- Java Heap (reserved=" + size + ", committed="
        + size + ")\n";
    assertThat(category(parse(text).value(), "Java Heap").reservedBytes()).isEqualTo(64 << 20);
  }

  @Test
  void withoutTrackingThereIsNoReport() {
    assertThatThrownBy(() -> parse("Native memory tracking is not enabled\n")).isInstanceOf(NotThisFormat.class)
        .hasMessageContaining("tracking");
  }

  @Test
  void aCutReportSaysSo() throws NotThisFormat {
    String text = Fixtures.text("temurin-25.0.3-g1/VM.native_memory.summary");
    assertThat(parse(text.substring(0, 700)).problems()).hasSize(1);
  }

  @Test
  void damagedInputIsSurvived() {
    for (String name : List.of("VM.native_memory.summary", "VM.native_memory.summary.diff",
        "VM.native_memory.detail")) {
      Hostile.damage(Hostile.ofText((text, limits) -> NmtText.parse("a", text, limits)), Fixtures.contents(name));
      Hostile.damage(Hostile.ofText((text, limits) -> NmtText.parseChange("a", text, limits)), Fixtures.contents(name));
      Hostile.damage(Hostile.ofText((text, limits) -> NmtText.parseMap("a", text, limits)), Fixtures.contents(name));
    }
  }
}
