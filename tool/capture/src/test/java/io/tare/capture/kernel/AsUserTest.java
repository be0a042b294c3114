package io.tare.capture.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.kernel.AsUser.Rights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acting with another user's rights to files, and only with these. */
class AsUserTest {
  private static final long ALL = -1;
  private static final Rights ROOT = new Rights(0, 0, ALL);
  private static final int OTHER = 12345;
  private static final int FURTHER_GROUP = 4242;

  @TempDir
  Path folder;

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static AsUser other(long capabilities) throws IOException {
    assumeTrue(isRoot(), "needs root: that rights are taken on and given up was not checked");
    return AsUser.of(new Rights(OTHER, OTHER, capabilities), ROOT);
  }

  private HeldFolder held(AsUser user) throws IOException {
    return HeldFolder.open(folder, user);
  }

  private void open(String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void whatIsMadeBelongsToTheUserFromTheStart() throws Exception {
    AsUser other = other(0);
    open("rwxrwxrwx");
    try (HeldFolder held = held(other)) {
      assertThat(held.create("file")).isTrue();
      held.make("folder");
    }
    for (String name : new String[] {"file", "folder"}) {
      assertThat(Files.getAttribute(folder.resolve(name), "unix:uid")).as(name).isEqualTo(OTHER);
      assertThat(Files.getAttribute(folder.resolve(name), "unix:gid")).as(name).isEqualTo(OTHER);
    }
  }

  @Test
  void whatTheUserMayNotDoIsNotDone() throws Exception {
    AsUser other = other(0);
    open("rwxr-xr-x");
    Path secret = Files.writeString(folder.resolve("secret"), "root's");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    try (HeldFolder held = held(other)) {
      assertThatThrownBy(() -> held.create("file")).hasMessageContaining("permission denied");
      assertThatThrownBy(() -> held.make("folder")).hasMessageContaining("permission denied");
      assertThatThrownBy(() -> held.file("secret")).hasMessageContaining("permission denied");
      assertThatThrownBy(() -> held.remove("secret")).hasMessageContaining("permission denied");
      assertThat(held.mayWrite()).isFalse();
    }
    assertThat(secret).hasContent("root's");
  }

  @Test
  void anotherGroupThanItsOwnIsNotTakenAlong() throws Exception {
    AsUser other = other(0);
    open("rwxrwx---");
    try (HeldFolder held = held(other)) {
      assertThatThrownBy(() -> held.create("file")).as("the folder is of root's group").hasMessageContaining("denied");
    }
  }

  @Test
  void furtherGroupsOfOursAreNotTakenAlong() throws Exception {
    AsUser other = other(0);
    Files.setAttribute(folder, "unix:gid", FURTHER_GROUP);
    open("rwxrwx---");
    // Linux keeps groups by thread, and a thread has those of the one that started it.
    inAThreadOfItsOwn(() -> {
      try (Arena arena = Arena.ofConfined(); HeldFolder held = held(other)) {
        assertThat(SystemCall.SETGROUPS.call(1, arena.allocateFrom(ValueLayout.JAVA_INT, FURTHER_GROUP).address())
            .failed()).as("this thread can't have a further group").isFalse();
        assertThatThrownBy(() -> held.create("file")).as("the folder is of that group").hasMessageContaining("denied");
      }
      return true;
    });
  }

  private static void inAThreadOfItsOwn(Callable<Boolean> check) throws Exception {
    FutureTask<Boolean> task = new FutureTask<>(check);
    Thread.ofPlatform().start(task);
    assertThat(task.get()).isTrue();
  }

  @Test
  void capabilitiesStayOnlyWhereTheUserHasThemAsWell() throws Exception {
    AsUser able = other(1L << 1);
    open("rwx------");
    try (HeldFolder held = held(able)) {
      assertThat(held.create("file")).isTrue();
    }
    assertThat(Files.getAttribute(folder.resolve("file"), "unix:uid")).isEqualTo(OTHER);
    AsUser poorRoot = AsUser.of(new Rights(0, 0, 0), ROOT);
    assertThat(poorRoot.isOurselves()).isFalse();
    Files.setAttribute(folder, "unix:uid", OTHER);
    try (HeldFolder held = held(poorRoot)) {
      assertThatThrownBy(() -> held.create("another")).hasMessageContaining("permission denied");
    }
  }

  @Test
  void ourOwnRightsStayAsTheyWere() throws Exception {
    AsUser other = other(0);
    open("rwx------");
    try (HeldFolder held = held(other)) {
      assertThatThrownBy(() -> held.create("file")).isInstanceOf(IOException.class);
    }
    Path ours = Files.createFile(folder.resolve("ours"));
    assertThat(Files.getAttribute(ours, "unix:uid")).isEqualTo(0);
  }

  @Test
  void ourOwnRightsNeedNoThreadOfTheirOwn() throws Exception {
    Rights own = new Rights(1, 1, 0);
    assertThat(AsUser.of(own, own).isOurselves()).isTrue();
  }

  @Test
  void whoMayNotTakeOnRightsIsRefused() {
    assumeFalse(isRoot(), "root may: that an ordinary user is refused was not checked");
    assertThatThrownBy(() -> AsUser.of(new Rights(OTHER, OTHER, 0), new Rights(1, 1, 0)))
        .isInstanceOf(AsUser.Refused.class);
  }
}
