package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.proc.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has started, on a machine of files. */
class NewcomersTest {
  private static final long OURS = 900;

  @TempDir
  private Path proc;
  private Newcomers newcomers;

  @BeforeEach
  void look() {
    newcomers = new Newcomers(proc, 10_000, OURS);
  }

  private void starts(long pid, String name, char state, long flags, long startTicks) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(folder.resolve("stat"), pid + " (" + name + ") " + state + " 1 1 1 0 -1 " + flags
        + " 0 0 0 0 0 0 0 0 20 0 1 0 " + startTicks + " 1000 10\n");
  }

  private void ends(long pid) throws IOException {
    Files.delete(proc.resolve(Long.toString(pid)).resolve("stat"));
    Files.delete(proc.resolve(Long.toString(pid)));
  }

  private List<Long> pids(long nowMillis) {
    return newcomers.look(nowMillis).stream().map(ProcessIdentity::pid).toList();
  }

  @Test
  void theyComeOnceTheyAreTenSecondsOldTheOldestFirstUntilSomethingIsDecided() throws IOException {
    starts(20, "a", 'S', 0, 1000);
    starts(10, "b", 'S', 0, 2000);
    assertThat(pids(19_999)).isEmpty();
    assertThat(pids(20_000)).containsExactly(20L);
    assertThat(pids(30_000)).containsExactly(20L, 10L);
    newcomers.look(30_000).forEach(newcomers::decided);
    assertThat(pids(31_000)).isEmpty();
  }

  @Test
  void threadsOfTheKernelTheDeadAndTheAgentItselfAreNotMeant() throws IOException {
    starts(2, "kthreadd", 'S', 0x200000, 1);
    starts(3, "gone", 'Z', 0, 1);
    starts(OURS, "tare", 'S', 0, 1);
    Files.createDirectories(proc.resolve("self"));
    assertThat(pids(1_000_000)).isEmpty();
  }

  @Test
  void aPidThatIsUsedAgainIsAnotherProcess() throws IOException {
    starts(10, "a", 'S', 0, 1000);
    newcomers.look(20_000).forEach(newcomers::decided);
    ends(10);
    assertThat(pids(25_000)).isEmpty();
    starts(10, "a", 'S', 0, 2600);
    assertThat(pids(30_000)).as("too young").isEmpty();
    assertThat(pids(36_000)).containsExactly(10L);
  }

  @Test
  void aPidThatIsUsedAgainBetweenTwoLooksIsToldWithinAMinuteByTheTimeOfItsStart() throws IOException {
    starts(10, "a", 'S', 0, 1000);
    newcomers.look(70_000).forEach(newcomers::decided);
    ends(10);
    starts(10, "a", 'S', 0, 7100);
    assertThat(pids(125_000)).isEmpty();
    assertThat(pids(130_000)).containsExactly(10L);
  }

  @Test
  void whatCouldNotBeReadComesAgainAfterAQuarterOfAMinute() throws IOException {
    starts(10, "a", 'S', 0, 1000);
    newcomers.look(70_000).forEach(one -> newcomers.later(one, 70_000));
    assertThat(pids(84_999)).isEmpty();
    assertThat(pids(85_000)).containsExactly(10L);
  }

  @Test
  void whoIsMeantAndHasNoRoomComesAgainAndIsKnownToBeMeant() throws IOException {
    starts(10, "a", 'S', 0, 1000);
    ProcessIdentity one = newcomers.look(20_000).getFirst();
    assertThat(newcomers.isMeant(one)).isFalse();
    newcomers.meant(one);
    assertThat(newcomers.look(25_000)).containsExactly(one);
    assertThat(newcomers.isMeant(one)).isTrue();
  }

  @Test
  void aProcessThatBecomesAnotherProgramIsLookedAtAgain() throws IOException {
    starts(10, "sh", 'S', 0, 1000);
    newcomers.look(70_000).forEach(newcomers::decided);
    starts(10, "orders", 'S', 0, 1000);
    assertThat(pids(130_000)).containsExactly(10L);
  }
}
