package io.tare.capture.glance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tare.capture.Tree;
import io.tare.model.capture.RuntimeKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFinderTest {
  @TempDir
  Path root;
  private Tree tree;

  @BeforeEach
  void processes() throws Exception {
    tree = new Tree(root);
    java(10, "-cp\0/x\0kafka.Kafka\0config");
    java(11, "-jar\0/opt/shop.jar");
    java(12, "-jar\0/opt/billing/shop.jar");
    tree.process(13, "nginx", 'S').link("proc/13/exe", "/usr/sbin/nginx").file("proc/13/cmdline", "nginx: worker\0");
    tree.process(14, "nginx", 'Z');
    tree.process(15, "store", 'S').link("proc/15/exe", goProgram().toString()).file("proc/15/maps",
        "00400000-00600000 r-xp 00000000 08:01 12 /usr/bin/store\n7f0000000000-7f0000400000 rw-p 00000000 00:00 0\n");
  }

  private void java(long pid, String arguments) throws Exception {
    tree.process(pid, "java", 'S').link("proc/" + pid + "/exe", "/opt/jdk/bin/java").file("proc/" + pid + "/cmdline",
        "/opt/jdk/bin/java\0-Xmx1g\0" + arguments + "\0");
  }

  /** The head of a program without sections, whose one segment begins with Go's build info. */
  private Path goProgram() throws Exception {
    ByteBuffer file = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x464c457f).put(4, (byte) 2)
        .put(5, (byte) 1).putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1).putInt(64, 1)
        .putLong(72, 256).putLong(96, 256).put(256, "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1));
    return Files.write(root.resolve("store"), file.array());
  }

  private PidFinder.Found find(String name) {
    return PidFinder.find(tree.proc(), name);
  }

  @Test
  void aJvmIsFoundByItsMainClassWithAndWithoutPackage() {
    assertThat(find("Kafka")).isEqualTo(new PidFinder.Found.One(10));
    assertThat(find("kafka.Kafka")).isEqualTo(new PidFinder.Found.One(10));
  }

  @Test
  void aProcessIsFoundByItsCommandOrExecutableAndZombiesAreNot() {
    assertThat(find("nginx")).isEqualTo(new PidFinder.Found.One(13));
  }

  @Test
  void anAmbiguousNameListsWhoCouldBeMeant() {
    assertThat(find("shop.jar")).isInstanceOfSatisfying(PidFinder.Found.Several.class,
        several -> assertThat(several.candidates()).extracting(PidFinder.Candidate::pid).containsExactly(11L, 12L));
    assertThat(find("shop")).isInstanceOf(PidFinder.Found.Several.class);
    assertThat(find("java")).isInstanceOf(PidFinder.Found.Several.class);
  }

  @Test
  void anUnknownNameListsSimilarOnes() {
    assertThat(find("kaf")).isInstanceOfSatisfying(PidFinder.Found.None.class,
        none -> assertThat(none.similar()).extracting(PidFinder.Candidate::pid).containsExactly(10L));
    assertThat(find("postgres")).isEqualTo(new PidFinder.Found.None(List.of()));
  }

  @Test
  void aGlanceKnowsTheRuntimeAndWhatPeopleCallIt() {
    assertThat(Glances.glance(tree.proc(), root)).extracting(ProcessGlance::pid, ProcessGlance::label,
        ProcessGlance::runtime).containsExactly(tuple(10L, "Kafka", RuntimeKind.HOTSPOT),
            tuple(11L, "shop.jar", RuntimeKind.HOTSPOT),
            tuple(12L, "shop.jar", RuntimeKind.HOTSPOT),
            tuple(13L, "nginx", RuntimeKind.NATIVE), tuple(15L, "store", RuntimeKind.GO));
  }
}
