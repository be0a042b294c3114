package io.tare.capture.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

  @Test
  void optionsThatMoveMemoryAreKeptAsTheyAre() {
    for (String flag : List.of("-Xmx1g", "-Xms512M", "-Xss1024k", "-Xmn10m", "-Xrs", "-Xint", "-Xshare:off",
        "-XX:+UseZGC", "-XX:-UsePerfData", "-XX:MaxDirectMemorySize=64m", "-XX:NativeMemoryTracking=summary",
        "-XX:MaxRAMPercentage=75.0")) {
      assertThat(JavaCommand.harmless(flag)).contains(flag);
    }
  }

  @Test
  void aValueThatCouldBeAPathOrACommandIsBlanked() {
    assertThat(JavaCommand.harmless("-XX:HeapDumpPath=/home/joe/dumps")).contains("-XX:HeapDumpPath=<redacted>");
    assertThat(JavaCommand.harmless("-XX:OnOutOfMemoryError=kill -9 %p")).contains("-XX:OnOutOfMemoryError=<redacted>");
    assertThat(JavaCommand.harmless("-Xlog:gc*:file=/var/log/joe.log")).contains("-Xlog:<redacted>");
    assertThat(JavaCommand.harmless("-Xbootclasspath/a:/home/joe/x.jar")).contains("-Xbootclasspath:<redacted>");
  }

  @Test
  void everyOtherArgumentIsDropped() {
    for (String argument : List.of("-Dpassword=swordfish", "-javaagent:/opt/agent.jar", "-cp", "com.example.Main",
        "-ea",
        "--add-opens", "x", "")) {
      assertThat(JavaCommand.harmless(argument)).isEmpty();
    }
  }

  @Test
  void whatTheProgramIsGivenIsNoOptionOfTheJvm() {
    assertThat(Settings.flags(List.of("java", "-Xmx1g", "-cp", "/x:/y", "Main", "-Xmx9g"))).hasSize(1);
    assertThat(Settings.flags(List.of("java", "-jar", "x.jar", "-Xmx9g"))).isEmpty();
    assertThat(Settings.flags(List.of("java"))).isEmpty();
  }

  @Test
  void theProgramIsFoundBehindTheOptions() {
    assertThat(JavaCommand.parse(List.of("java", "-cp", "/x", "-Da=b", "com.example.Main", "arg")).program())
        .contains("com.example.Main");
    assertThat(JavaCommand.parse(List.of("java", "-Xmx1g", "-jar", "/opt/shop.jar")).label()).contains("shop.jar");
    assertThat(JavaCommand.parse(List.of("java", "-p", "mods", "-m", "shop/com.example.Main")).label())
        .contains("Main");
    assertThat(JavaCommand.parse(List.of("java", "-version")).program()).isEmpty();
  }

  @Test
  void aToolOfTheJdkIsNamedAfterItselfAndHasOptionsOfTheJvmBehindJ() {
    JavaCommand compiler = JavaCommand.parse(List.of("/opt/jdk/bin/javac", "-J-Xmx1g", "--release", "25", "-d", "out", "A.java"));
    assertThat(compiler.label()).contains("javac");
    assertThat(compiler.options()).containsExactly("-Xmx1g");
  }

  @Test
  void ofTheEnvironmentOnlyTheSettingsOfAllocatorsAreKept() {
    assertThat(Settings.variables("PATH=/bin\0MALLOC_ARENA_MAX=2\0GOMEMLIMIT=1GiB\0PASSWORD=swordfish\0"))
        .extracting(fact -> fact.values().get("name")).containsExactly("MALLOC_ARENA_MAX", "GOMEMLIMIT");
    assertThat(Settings.variables("MALLOC_ARENA_MAX=$(cat /etc/passwd)\0").getFirst().text("value"))
        .contains("<redacted>");
  }
}
