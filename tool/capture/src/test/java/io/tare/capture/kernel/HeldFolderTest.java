package io.tare.capture.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.kernel.Descriptor.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways below a folder, as a process has them whose root it is. */
class HeldFolderTest {
  @TempDir
  Path folder;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    Files.createDirectories(root.resolve("var/tmp"));
    Files.createDirectory(folder.resolve("outside"));
  }

  private HeldFolder held() throws IOException {
    return HeldFolder.open(root, AsUser.ourselves());
  }

  @Test
  void linksAreFollowedInsideAsTheProcessWould() throws Exception {
    Files.createSymbolicLink(root.resolve("tmp"), Path.of("/var/tmp"));
    try (HeldFolder held = held(); HeldFolder tmp = held.below("/tmp")) {
      assertThat(tmp.create("file")).isTrue();
      assertThat(tmp.create("file")).as("it is there").isFalse();
    }
    assertThat(root.resolve("var/tmp/file")).exists();
  }

  @Test
  void noWayLeadsOut() throws Exception {
    Files.createSymbolicLink(root.resolve("up"), Path.of("../outside"));
    Files.createSymbolicLink(root.resolve("there"), folder.resolve("outside"));
    Files.createSymbolicLink(root.resolve("self"), Path.of("/proc/self/root"));
    try (HeldFolder held = held()) {
      for (String way : new String[] {"/up", "/there", "/../outside", "/self"}) {
        assertThatThrownBy(() -> held.below(way)).as(way).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> held.below(way, Lookup.BY_COMPONENT)).as(way).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aLinkOfTheKernelIsNoWay() throws Exception {
    try (HeldFolder whole = HeldFolder.open(Path.of("/"), AsUser.ourselves())) {
      assertThatThrownBy(() -> whole.below("/proc/self/root/tmp")).hasMessageContaining("a link is in the way");
      assertThatThrownBy(() -> whole.below("/proc/self/root/tmp", Lookup.BY_COMPONENT)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anOlderKernelIsLedStepByStepAndFollowsNoLink() throws Exception {
    Files.createSymbolicLink(root.resolve("tmp"), Path.of("/var/tmp"));
    try (HeldFolder held = held(); HeldFolder tmp = held.below("/var/./tmp", Lookup.BY_COMPONENT)) {
      assertThat(tmp.create("file")).isTrue();
      assertThatThrownBy(() -> held.below("/tmp", Lookup.BY_COMPONENT)).isInstanceOf(IOException.class);
    }
    assertThat(root.resolve("var/tmp/file")).exists();
  }

  @Test
  void aNameThatIsALinkIsSeenAsTheLinkAndNeitherOpenedNorEntered() throws Exception {
    Files.createSymbolicLink(root.resolve("link"), Path.of("var"));
    try (HeldFolder held = held()) {
      assertThat(held.status("link").orElseThrow().isFolder()).isFalse();
      assertThatThrownBy(() -> held.file("link")).hasMessageContaining("a link is in the way");
      assertThatThrownBy(() -> held.enter("link")).isInstanceOf(IOException.class);
      assertThat(held.create("link")).isFalse();
      assertThat(held.status("none")).isEmpty();
    }
  }
}
