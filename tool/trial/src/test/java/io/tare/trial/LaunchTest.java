package io.tare.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.trial.Variation.WrongVariation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
  private static List<Launch> launches(List<String> command, String... variations) throws WrongVariation {
    List<Variation> parsed = new java.util.ArrayList<>();
    for (String variation : variations) {
      parsed.add(Variation.parse(variation));
    }
    return Launch.all(command, parsed, Map.of("JDK_JAVA_OPTIONS", "-Dkept=1", "LD_PRELOAD", "/lib/kept.so"));
  }

  @Test
  void aPlainNameIsAnEnvironmentVariableAndAnEmptyValueLeavesItAlone() throws WrongVariation {
    List<Launch> launches = launches(List.of("./server"), "GOGC=,50");
    assertThat(launches).containsExactly(
        new Launch("GOGC as it is", List.of("./server"), Map.of(), Optional.empty()),
        new Launch("GOGC=50", List.of("./server"), Map.of("GOGC", "50"), Optional.empty()));
  }

  @Test
  void aPlaceholderOfTheCommandComesBeforeEverythingElse() throws WrongVariation {
    assertThat(launches(List.of("./sync", "--batch={limit}", "{limit}"), "limit=1,1000"))
        .extracting(Launch::command, Launch::limit)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(List.of("./sync", "--batch=1", "1"), Optional.empty()),
            org.assertj.core.groups.Tuple.tuple(List.of("./sync", "--batch=1000", "1000"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "java -Xmx1g -jar a.jar -v          | java -Xmx1g -Xmx2g -jar a.jar -v",
      "/opt/jdk/bin/java -cp x:y Main -q  | /opt/jdk/bin/java -cp x:y -Xmx2g Main -q",
      "java --class-path=x -m a/b.Main    | java --class-path=x -Xmx2g -m a/b.Main",
      "java @file Main                    | java @file -Xmx2g Main",
      "java Main.java                     | java -Xmx2g Main.java"})
  void anOptionOfTheJvmGoesBehindThoseOfTheCommandSinceTheLastOneWins(String command, String started)
      throws WrongVariation {
    Launch launch = launches(List.of(command.strip().split(" ")), "-Xmx=,2g").get(1);
    assertThat(String.join(" ", launch.command())).isEqualTo(started);
    assertThat(launch.environment()).isEmpty();
  }

  @Test
  void whereAScriptStartsTheJvmItsOptionsComeByTheEnvironmentBesideTheInheritedOnes() throws WrongVariation {
    Launch launch = launches(List.of("bin/kafka-server-start.sh", "server.properties"), "jvm=,-XX:+UseZGC -Xmx1g")
        .get(1);
    assertThat(launch.environment())
        .containsExactly(Map.entry("JDK_JAVA_OPTIONS", "-Dkept=1 \"-XX:+UseZGC\" \"-Xmx1g\""));
    assertThat(launch.settings()).isEqualTo("-XX:+UseZGC -Xmx1g");
  }

  @Test
  void optionsWithAnEqualsSignOfTheirOwnKeepIt() throws WrongVariation {
    assertThat(launches(List.of("java", "Main"), "-XX:MaxRAMPercentage=50,75"))
        .extracting(Launch::settings, Launch::command)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("-XX:MaxRAMPercentage=50",
                List.of("java", "-XX:MaxRAMPercentage=50", "Main")),
            org.assertj.core.groups.Tuple.tuple("-XX:MaxRAMPercentage=75",
                List.of("java", "-XX:MaxRAMPercentage=75", "Main")));
  }

  @Test
  void aLimitIsTheContainersAndALibraryIsLoadedBesideThoseThatAre() throws WrongVariation {
    List<Launch> launches = launches(List.of("./server"), "limit=512m,1g", "preload=,/lib/je.so");
    assertThat(launches).extracting(Launch::settings).containsExactly("limit=512m, preload as it is",
        "limit=512m, preload=/lib/je.so", "limit=1g, preload as it is", "limit=1g, preload=/lib/je.so");
    assertThat(launches.get(3).limit()).contains("1g");
    assertThat(launches.get(3).environment()).containsExactly(Map.entry("LD_PRELOAD", "/lib/kept.so:/lib/je.so"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"GOGC|varies nothing", "=1,2|varies nothing", "GOGC=50|one value",
      "GOGC=50,50|a value twice"})
  void whatVariesNothingIsRefusedWithWhatIsMeant(String text, String why) {
    assertThatThrownBy(() -> Variation.parse(text)).isInstanceOf(WrongVariation.class).hasMessageContaining(why);
  }

  @Test
  void aNameThatIsNothingKnownIsRefused() {
    assertThatThrownBy(() -> launches(List.of("./server"), "batch size=1,2")).isInstanceOf(WrongVariation.class)
        .hasMessageContaining("{batch size}");
  }

  @Test
  void aCommaInsideAValueIsWrittenWithABackslash() throws WrongVariation {
    assertThat(Variation.parse("jvm=-Xlog:gc\\,safepoint,").values()).containsExactly("-Xlog:gc,safepoint", "");
  }

  @Test
  void moreCombinationsThanAnyoneWaitsForAreRefused() {
    String nine = "A=" + String.join(",", IntStream.range(0, 9).mapToObj(String::valueOf).toList());
    assertThatThrownBy(() -> launches(List.of("./server"), nine, nine.replace('A', 'B')))
        .isInstanceOf(WrongVariation.class).hasMessageContaining("81 combinations");
  }

  @Test
  void everyRoundRunsEveryVariantOnceAndNoneIsAlwaysFirst() {
    List<Turns.Turn> turns = Turns.of(4, 4);
    for (int round = 0; round < 4; round++) {
      int now = round;
      assertThat(turns.stream().filter(turn -> turn.round() == now).map(Turns.Turn::variant))
          .containsExactlyInAnyOrder(0, 1, 2, 3);
    }
    assertThat(List.of(turns.get(0), turns.get(4), turns.get(8), turns.get(12))).extracting(Turns.Turn::variant)
        .containsExactly(0, 3, 2, 1);
  }
}
