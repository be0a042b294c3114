package io.tare.app.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.app.Main;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an index lies, who may read it, and how it goes. */
@Tag("slow")
class HeapIndexTest {
  @TempDir
  static Path once;
  @TempDir
  Path folder;

  private Path dump;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A JVM that dumps itself: small, unlike that of the tests, which may have grown beyond what is worth an index. */
  static final class Small {
    public static void main(String[] arguments) throws IOException {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[0], true);
    }
  }

  @BeforeAll
  static void dumpOnce() throws Exception {
    Process small = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m",
        "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Small.class.getName(),
        once.resolve("self.hprof").toString()).inheritIO().start();
    assertThat(small.waitFor()).isZero();
  }

  @BeforeEach
  void dump() throws IOException {
    dump = Files.copy(once.resolve("self.hprof"), folder.resolve("self.hprof"));
  }

  private int heap(String... words) {
    out.reset();
    err.reset();
    List<String> line = new ArrayList<>(List.of("heap", dump.toString()));
    line.addAll(List.of(words));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return Main.run(line, new Console(out, err, false, false, environment));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString())
          .filter(name -> !name.equals("self.hprof")).sorted().toList();
    }
  }

  @Test
  void besideTheDumpItLiesPrivatelyIsUsedAndGoes() throws Exception {
    assertThat(heap("--class", "java.lang.Thread", "--index", "beside")).isEqualTo(ExitCode.FINE);
    String answer = out.toString(StandardCharsets.UTF_8);
    Path index = folder.resolve("self.hprof.tare-heap");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("kept an index for the next question: " + index);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index))).isEqualTo("rw-------");

    assertThat(heap("--class", "java.lang.Thread")).isEqualTo(ExitCode.FINE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(answer);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();

    assertThat(heap("--index", "beside")).isEqualTo(ExitCode.FINE);
    assertThat(files()).containsExactly("self.hprof.tare-heap", "self.hprof.tare-summary");
    assertThat(heap("--forget")).isEqualTo(ExitCode.FINE);
    assertThat(files()).isEmpty();
    assertThat(heap("--forget")).isEqualTo(ExitCode.FINE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("nothing is kept of " + dump + "\n");
  }

  @Test
  void theCacheIsAFolderOfOurOwn() throws Exception {
    assertThat(heap("--index", "cache")).isEqualTo(ExitCode.FINE);
    assertThat(files()).hasSize(2).allMatch(name -> name.startsWith("cache/tare/heap/self.hprof-"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cache/tare/heap"))))
        .isEqualTo("rwx------");
    heap("--forget");
    assertThat(files()).isEmpty();

    Files.setPosixFilePermissions(folder.resolve("cache/tare/heap"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(heap("--index", "cache")).as("the answer comes all the same").isEqualTo(ExitCode.FINE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no index is kept of self.hprof", "open to other users");
    assertThat(files()).isEmpty();
  }

  @Test
  void whoeverDoesNotWantOneGetsNone() throws Exception {
    assertThat(heap("--index", "never")).isEqualTo(ExitCode.FINE);
    assertThat(heap()).as("a small dump").isEqualTo(ExitCode.FINE);
    assertThat(files()).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aLinkInThePlaceOfAnIndexIsNotFollowed() throws Exception {
    heap("--class", "java.lang.Thread", "--index", "beside");
    Path index = folder.resolve("self.hprof.tare-heap");
    Path elsewhere = Files.move(index, folder.resolve("elsewhere"));
    Files.createSymbolicLink(index, elsewhere);
    byte[] before = Files.readAllBytes(elsewhere);
    assertThat(heap("--class", "java.lang.Thread", "--index", "beside")).isEqualTo(ExitCode.FINE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("kept an index");
    assertThat(Files.isSymbolicLink(index)).isFalse();
    assertThat(Files.readAllBytes(elsewhere)).isEqualTo(before);
  }
}
