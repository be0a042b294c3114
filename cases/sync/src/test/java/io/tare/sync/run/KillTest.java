package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.command.SyncProgram;
import io.tare.sync.destination.FileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments, against a real server, with deletions asked for: {@code -Dkills=50} times, or as often as fits into a
 * build, with another seed each. Whenever a run gets to its end in spite of it, the source changes, so that the next one has all kinds
 * of work.
 */
@Tag("slow")
class KillTest {
  private static final int FILES = 600;
  private static final int KILLS = Integer.getInteger("kills", 12);
  private static final int MOST_ARRIVALS_BEFORE_A_KILL = 40;
  private static final String OF_OTHERS = "content of somebody else";

  @TempDir
  Path directory;
  private final Map<String, String> contents = new HashMap<>();
  private final Map<String, Integer> versions = new HashMap<>();

  @Test
  void killsLoseNothingRepeatNothingAndDeleteNothingOfOthers() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path source = directory.resolve("source");
    for (int i = 0; i < FILES; i++) {
      write(source, i);
    }
    Path home = directory.resolve("home");
    try (FileServer server = FileServer.start(home)) {
      Path ofOthers = Files.createDirectories(home.resolve("in/level-0")).resolve("not-from-the-source");
      Files.writeString(ofOthers, OF_OTHERS);
      int kills = 0;
      int ends = 0;
      while (kills < KILLS) {
        if (killed(kills, random, server, source)) {
          kills++;
        } else {
          ends++;
          change(source, random);
        }
      }
      SyncProgram.Ended last = run(server, source);
      String what = "seed " + seed + ", " + ends + " runs came to their end between the kills; " + last.said();
      assertThat(last.exitCode()).as(what).isZero();
      SyncProgram.Ended again = run(server, source);
      assertThat(again.said()).as(what).contains("0 brought over, 0 were there already, 0 deleted");
      contents.put(home.resolve("in").relativize(ofOthers).toString(), OF_OTHERS);
      assertThat(Mirror.tree(home.resolve("in"))).as(what).isEqualTo(contents);
      Map<String, Integer> arrivals = new HashMap<>();
      server.arrivals().forEach((path, times) -> arrivals.put(path.replaceFirst("^/?in/", ""), times));
      assertThat(arrivals).as(what).isEqualTo(versions);
    }
  }

  /** Some files are new, some have another content, some are gone. */
  private void change(Path source, Random random) throws IOException {
    Set<Integer> changed = new HashSet<>();
    while (changed.size() < 60) {
      changed.add(random.nextInt(2 * FILES));
    }
    for (int number : changed) {
      write(source, number);
    }
    for (int i = 0; i < 10; i++) {
      int number = random.nextInt(FILES);
      if (!changed.contains(number) && contents.remove(path(number)) != null) {
        Files.delete(source.resolve(path(number)));
      }
    }
  }

  private void write(Path source, int number) throws IOException {
    String path = path(number);
    boolean isAlready = versions.containsKey(path) && !contents.containsKey(path);
    if (isAlready) {
      return;
    }
    int version = versions.merge(path, 1, Integer::sum);
    String content = "content of " + number + "+".repeat(version);
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    contents.put(path, content);
  }

  private static String path(int number) {
    return "level-" + number % 7 + "/level-" + number % 11 + "/file-" + number;
  }

  /** Starts it and kills it, in turn after some time and after some arrivals. Whether the kill came before its end. */
  private boolean killed(int number, Random random, FileServer server, Path source)
      throws IOException, InterruptedException {
    Process process = SyncProgram.start(environment(), directory.resolve("killed.log"), words(server, source));
    long before = arrivals(server);
    boolean isTimed = number % 2 == 0;
    long most = isTimed ? Long.MAX_VALUE : before + random.nextInt(MOST_ARRIVALS_BEFORE_A_KILL);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(isTimed ? random.nextInt(2500) : 60_000);
    while (process.isAlive() && arrivals(server) <= most && System.nanoTime() < deadline) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    boolean isKilled = !process.waitFor(0, TimeUnit.MILLISECONDS);
    int exitCode = process.destroyForcibly().waitFor();
    assertThat(isKilled || exitCode == 0).as("a run that was not killed ends well").isTrue();
    return isKilled;
  }

  private static long arrivals(FileServer server) {
    return server.arrivals().values().stream().mapToLong(Integer::longValue).sum();
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
        directory.resolve("kill.state").toString(), "--workers", "2", "--batch", "50", "--delete"};
  }
}
