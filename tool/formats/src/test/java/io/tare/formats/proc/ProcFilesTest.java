package io.tare.formats.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.proc.MemoryDescriptor;
import io.tare.model.proc.ProcStat;
import io.tare.model.proc.ProcStatus;
import io.tare.model.proc.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcFilesTest {
  private static final String STAT_TAIL = " S 11060 9505 3192 0 -1 4194304 13761 0 3 0 2 3 0 0 20 0 22 0 121011 2725023744"
      + " 14858 18446744073709551615 94016710148096\n";

  @Test
  void statusGivesBytesStateAndThreads() throws NotThisFormat {
    Parsed<ProcStatus> parsed = StatusText.parse("proc/status", Fixtures.text("temurin-25.0.3-g1/status"),
        ParseLimits.DEFAULT);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.value().rssBytes()).hasValue(59360L * 1024);
    assertThat(parsed.value().bytes("RssAnon")).hasValue(35396L * 1024);
    assertThat(parsed.value().state()).hasValue('S');
    assertThat(parsed.value().number("Threads")).hasValue(22);
    assertThat(parsed.value().field("SigCgt")).hasValue("0000000101005ccd");
    assertThat(parsed.value().bytes("NoSuchField")).isEmpty();
  }

  @Test
  void aCutStatusDropsTheLastLineRatherThanMisreadIt() throws NotThisFormat {
    String text = "Name:\tjava\nVmRSS:\t   59360 kB\nVmSwap:\t  1234";
    Parsed<ProcStatus> parsed = StatusText.parse("proc/status", text, ParseLimits.DEFAULT);
    assertThat(parsed.value().field("VmSwap")).isEmpty();
    assertThat(parsed.problems()).singleElement().extracting("where").isEqualTo("line 3");
  }

  @Test
  void statOfAJvmIsRead() throws NotThisFormat {
    ProcStat stat = StatText.parse("proc/stat", Fixtures.text("temurin-25.0.3-g1/stat"), ParseLimits.DEFAULT).value();
    assertThat(stat).isEqualTo(new ProcStat(11063, "java", 'S', 11060, 13761, 3, 22, 121011, 14858));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "tricky) S 1 (", ")", "", "two\nlines", "((("})
  void anyCommandNameIsRead(String name) throws NotThisFormat {
    ProcStat stat = StatText.parse("proc/stat", "7 (" + name + ")" + STAT_TAIL, ParseLimits.DEFAULT).value();
    assertThat(stat.command()).isEqualTo(name);
    assertThat(stat.startTicks()).isEqualTo(121011);
  }

  @Test
  void aCutStatIsRefused() {
    String text = "7 (x)" + STAT_TAIL;
    for (int length = 0; length < text.indexOf(" 18446744073709551615"); length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> StatText.parse("proc/stat", cut, ParseLimits.DEFAULT)).isInstanceOf(NotThisFormat.class);
    }
  }

  @Test
  void tasksAreReadAsTheyWereWritten() throws NotThisFormat {
    List<Task> tasks = List.of(new Task(1, "G1 Main Marker", 'S'), new Task(2, "a=%20\n", 'R'), new Task(3, "", 'D'));
    Parsed<List<Task>> parsed = TasksText.parse("proc/tasks", TasksText.write(tasks), ParseLimits.DEFAULT);
    assertThat(parsed.value()).isEqualTo(tasks);
    assertThat(parsed.problems()).isEmpty();
  }

  @Test
  void aTaskWithoutIdIsAProblem() throws NotThisFormat {
    Parsed<List<Task>> parsed = TasksText.parse("proc/tasks", "thread comm=x state=S\nthread tid=5 comm=y state=S\n",
        ParseLimits.DEFAULT);
    assertThat(parsed.value()).containsExactly(new Task(5, "y", 'S'));
    assertThat(parsed.problems()).hasSize(1);
  }

  @Test
  void descriptorsAreReadAsTheyWereWritten() throws NotThisFormat {
    List<MemoryDescriptor> descriptors = List.of(
        new MemoryDescriptor(7, "/memfd:java_heap (deleted)", 64 << 20, 18 << 20, 2051, "00:01"),
        new MemoryDescriptor(9, "/dev/shm/psm 1", 5000, 8192, 3, "00:1a"));
    Parsed<List<MemoryDescriptor>> parsed = DescriptorsText.parse("proc/fds", DescriptorsText.write(descriptors),
        ParseLimits.DEFAULT);
    assertThat(parsed.value()).isEqualTo(descriptors);
    assertThat(parsed.problems()).isEmpty();
  }

  @Test
  void aDescriptorOfAbsurdSizeIsAProblem() throws NotThisFormat {
    String text = "fd n=1 target=x size=1 blocks=9223372036854775807 inode=1 device=0:1\n";
    Parsed<List<MemoryDescriptor>> parsed = DescriptorsText.parse("proc/fds", text, ParseLimits.DEFAULT);
    assertThat(parsed.value()).isEmpty();
    assertThat(parsed.problems()).hasSize(1);
  }

  @Test
  void meminfoIsBytesAndCounts() throws NotThisFormat {
    String text = "MemTotal:       24684096 kB\nMemFree:        22007340 kB\nHugePages_Total:       3\n";
    Parsed<Map<String, Long>> parsed = MeminfoText.parse("proc/meminfo", text, ParseLimits.DEFAULT);
    assertThat(parsed.value()).isEqualTo(
        Map.of("MemTotal", 24684096L * 1024, "MemFree", 22007340L * 1024, "HugePages_Total", 3L));
    assertThat(parsed.problems()).isEmpty();
  }

  @Test
  void damagedInputIsSurvived() {
    Hostile.damage(Hostile.ofText((text, limits) -> StatusText.parse("status", text, limits)),
        Fixtures.contents("status"));
    Hostile.damage(Hostile.ofText((text, limits) -> StatText.parse("stat", text, limits)), Fixtures.contents("stat"));
    List<byte[]> facts = List
        .of("thread tid=1 comm=x state=S\nfd n=1 target=x size=1 blocks=1 inode=1 device=0:1\n".repeat(9)
            .getBytes(StandardCharsets.UTF_8));
    Hostile.damage(Hostile.ofText((text, limits) -> TasksText.parse("tasks", text, limits)), facts);
    Hostile.damage(Hostile.ofText((text, limits) -> DescriptorsText.parse("fds", text, limits)), facts);
    List<byte[]> meminfo = List.of("MemTotal:  24 kB\nMemFree:  22 kB\n".repeat(9).getBytes(StandardCharsets.UTF_8));
    Hostile.damage(Hostile.ofText((text, limits) -> MeminfoText.parse("meminfo", text, limits)), meminfo);
  }
}
