package io.tare.capture.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.attach.TargetProcess;
import io.tare.capture.proc.ProcessFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where dumps go, with this very process as the one that would write them. */
class DumpPlacesTest {
  private static final ProcessFolder OWN = new ProcessFolder(ProcessFolder.LIVE_ROOT, ProcessHandle.current().pid());
  private static final TargetProcess SELF = new TargetProcess(OWN, OWN.identity().orElseThrow().startTicks());

  @TempDir
  Path folder;

  private static DumpPlaces.Wish wish(Path asked, long bytes) {
    return new DumpPlaces.Wish(Optional.of(asked), Optional.empty(), bytes);
  }

  @Test
  void aFolderThatIsNamedIsTakenIfThereIsRoom() throws Exception {
    DumpPlace place = DumpPlaces.choose(SELF, wish(folder, 1));
    assertThat(place.asTarget()).isEqualTo(folder);
    assertThat(place.roomBytes()).isPositive();
  }

  @Test
  void tooLittleRoomIsSaidWithNumbers() {
    assertThatThrownBy(() -> DumpPlaces.choose(SELF, wish(folder, Long.MAX_VALUE / 2)))
        .isInstanceOf(DumpRefused.class).hasMessageContaining("MB").hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> DumpPlaces.choose(SELF,
        new DumpPlaces.Wish(Optional.empty(), Optional.of(folder), Long.MAX_VALUE / 2)))
        .isInstanceOf(DumpRefused.class).hasMessageContaining("--dump-in");
  }

  @Test
  void whatIsNoFolderOrNoWholePathIsRefused() {
    assertThatThrownBy(() -> DumpPlaces.choose(SELF, wish(folder.resolve("none"), 1))).isInstanceOf(DumpRefused.class);
    assertThatThrownBy(() -> DumpPlaces.choose(SELF, wish(Path.of("here"), 1))).isInstanceOf(DumpRefused.class)
        .hasMessageContaining("absolute");
  }

  @Test
  void anEstimateGrowsWithTheHeapAndShrinksWithCompression() {
    DumpRequest plain = new DumpRequest(false, OptionalInt.empty());
    DumpEstimate one = DumpEstimate.of(1L << 30, plain);
    assertThat(one.likelyBytes()).isBetween(1L << 30, one.mostBytes());
    assertThat(DumpEstimate.of(2L << 30, plain).likelyBytes()).isGreaterThan(one.likelyBytes());
    assertThat(DumpEstimate.of(1L << 30, new DumpRequest(true, OptionalInt.of(1))).likelyBytes())
        .isLessThan(one.likelyBytes());
    assertThat(DumpEstimate.of(1L << 30, new DumpRequest(true, OptionalInt.empty())).toMillis())
        .as("a full collection comes on top").isGreaterThan(one.toMillis());
  }

  @Test
  void theFileSystemIsThatOfTheNearestMount() {
    String mountinfo = """
        21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw
        22 21 0:5 / /tmp rw,nosuid - tmpfs tmpfs rw,size=1g
        23 22 8:2 / /tmp/big\\040disk rw - xfs /dev/sdb rw
        """;
    assertThat(MountedFileSystem.of(Path.of("/var/tmp"), mountinfo)).isEqualTo("ext4");
    assertThat(MountedFileSystem.of(Path.of("/tmp"), mountinfo)).isEqualTo("tmpfs");
    assertThat(MountedFileSystem.of(Path.of("/tmpfs"), mountinfo)).isEqualTo("ext4");
    assertThat(MountedFileSystem.of(Path.of("/tmp/big disk/x"), mountinfo)).isEqualTo("xfs");
    assertThat(MountedFileSystem.of(Path.of("/tmp"), "")).isEmpty();
  }

  @Test
  void theArgumentsAreThoseOfTheAttachCommand() {
    assertThat(new DumpRequest(true, OptionalInt.of(3)).arguments("/tmp/x")).containsExactly("/tmp/x", "-live", "3");
    assertThat(new DumpRequest(false, OptionalInt.empty()).arguments("/tmp/x")).containsExactly("/tmp/x", "-all");
  }
}
