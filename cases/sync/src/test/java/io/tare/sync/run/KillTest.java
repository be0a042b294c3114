package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.command.SyncProgram;
import io.tare.sync.destination.FileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL at random moments, again and again, against a real server. */
@Tag("slow")
class KillTest {
  private static final int FILES = 600;
  private static final int MOST_KILLS = 5;

  @TempDir
  Path directory;

  @Test
  void aRunThatIsKilledAgainAndAgainBringsEveryFileOverExactlyOnce() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path source = directory.resolve("source");
    Map<String, String> contents = fill(source);
    int kills = 0;
    try (FileServer server = FileServer.start(directory.resolve("home"))) {
      while (kills < MOST_KILLS && killed(kills, random, server, source)) {
        kills++;
      }
      SyncProgram.Ended last = run(server, source);
      assertThat(last.exitCode()).as(last.said()).isZero();
      String what = "seed " + seed + ", " + kills + " kills";
      assertThat(kills).as(what).isPositive();
      assertThat(arrived(directory.resolve("home/in"))).as(what).isEqualTo(contents);
      assertThat(server.arrivals()).as(what).hasSize(FILES)
          .allSatisfy((path, times) -> assertThat(times).as(path).isEqualTo(1));
      assertNothingIsLeftToDo(server, source);
    }
  }

  private void assertNothingIsLeftToDo(FileServer server, Path source) throws Exception {
    SyncProgram.Ended again = run(server, source);
    assertThat(again.said()).contains("0 brought over, 0 were there already");
    assertThat(again.exitCode()).isZero();
  }

  /** Starts it and kills it, in turn after some time and after some arrivals. Whether the kill came before its end. */
  private boolean killed(int number, Random random, FileServer server, Path source)
      throws IOException, InterruptedException {
    Process process = SyncProgram.start(environment(), directory.resolve("killed.log"), words(server, source));
    int arrivals = number % 2 == 0 ? FILES : server.arrivals().size() + random.nextInt(FILES / MOST_KILLS);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(number % 2 == 0 ? random.nextInt(2500) : 20_000);
    while (process.isAlive() && server.arrivals().size() < arrivals && System.nanoTime() < deadline) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    boolean isKilled = process.isAlive();
    process.destroyForcibly().waitFor();
    return isKilled;
  }

  private SyncProgram.Ended run(FileServer server, Path source) throws IOException, InterruptedException {
    return SyncProgram.run(environment(), directory.resolve("last.log"), words(server, source));
  }

  private static Map<String, String> environment() {
    return Map.of("SYNC_FTP_PASSWORD", FileServer.PASSWORD);
  }

  private String[] words(FileServer server, Path source) {
    return new String[] {"run", "--from", source.toString(), "--to",
        "ftp://" + FileServer.USER + "@127.0.0.1:" + server.port() + "/in", "--state",
        directory.resolve("kill.state").toString(), "--workers", "2", "--batch", "50"};
  }

  private static Map<String, String> fill(Path source) throws IOException {
    Map<String, String> contents = new HashMap<>();
    for (int i = 0; i < FILES; i++) {
      String path = "level-" + i % 7 + "/level-" + i % 11 + "/file-" + i;
      Path file = source.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + i);
      contents.put(path, "content of " + i);
    }
    return contents;
  }

  private static Map<String, String> arrived(Path home) throws IOException {
    Map<String, String> found = new HashMap<>();
    try (var files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).filter(KillTest::isWhole).toList()) {
        found.put(home.relativize(file).toString(), Files.readString(file));
      }
    }
    return found;
  }

  /** A killed upload may leave its beginning, under another name than the file's. */
  private static boolean isWhole(Path file) {
    return !file.toString().endsWith(".sync-part");
  }
}
