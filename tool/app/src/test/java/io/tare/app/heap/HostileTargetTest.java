package io.tare.app.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user has root look at a JVM, in a user and mount namespace where that user is master of {@code /tmp}, and exchanges whatever
 * Tare makes there for something of root's as soon as it appears. Root's things must stay root's.
 */
@Tag("slow")
class HostileTargetTest {
  private static final int USER = 12345;
  private static final int TRIES = 4;
  /** One that has a name: without, a JVM keeps no performance data. */
  private static final int NOBODY = 65534;
  private static final String ATTACK = """
      import java.io.File;
      import java.lang.foreign.*;
      import java.lang.invoke.MethodHandle;
      import java.nio.file.*;
      import java.util.*;

      public class Hostile {
        static MethodHandle mount;
        static int count;

        public static void main(String[] arguments) throws Throwable {
          Linker linker = Linker.nativeLinker();
          mount = linker.downcallHandle(linker.defaultLookup().find("mount").orElseThrow(),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
          Set<String> done = new HashSet<>();
          File tmp = new File("/tmp");
          // Everything that is needed in the race is loaded before.
          Files.createDirectory(Path.of("/tmp/.tare-heap-warm"));
          exchange(".tare-heap-warm", arguments[0]);
          done.add(".tare-heap-warm");
          System.out.println("ready");
          while (true) {
            for (String name : tmp.list()) {
              if ((name.startsWith(".tare-heap-") || name.startsWith(".attach_pid")) && !done.contains(name)) {
                try {
                  exchange(name, arguments[0]);
                  done.add(name);
                } catch (java.io.IOException lostTheRace) {
                  continue;
                }
              }
            }
          }
        }

        static void exchange(String name, String by) throws Throwable {
          Path path = Path.of("/tmp", name);
          Files.move(path, Path.of("/tmp/away-" + count));
          String victim = (name.startsWith(".tare") ? "folder-" : "file-") + count++;
          switch (by) {
            case "rename" -> Files.move(Path.of("/tmp", victim), path, StandardCopyOption.ATOMIC_MOVE);
            case "link" -> Files.createSymbolicLink(path, Path.of("/mnt/tmp", victim));
            default -> {
              if (name.startsWith(".tare")) {
                Files.createDirectory(path);
              } else {
                Files.createFile(path);
              }
              try (Arena arena = Arena.ofConfined()) {
                int failed = (int) mount.invokeExact(arena.allocateFrom("/mnt/tmp/" + victim),
                    arena.allocateFrom(path.toString()), MemorySegment.NULL, 4096L, MemorySegment.NULL);
                if (failed != 0) {
                  throw new java.io.IOException("what was to be mounted over is gone");
                }
              }
            }
          }
        }
      }
      """;

  private static final String HONEST = """
      public class Honest {
        static final byte[][] KEPT = new byte[1000][1000];

        public static void main(String[] arguments) throws Exception {
          System.out.println("ready");
          Thread.sleep(120_000);
        }
      }
      """;

  @TempDir
  private Path folder;
  private final Terminal terminal = new Terminal();

  /** The user's {@code /tmp}, with things of root's in it; the files have a second name that is out of the user's reach. */
  private Path tmp() throws IOException {
    Path tmp = Files.createDirectory(folder.resolve("tmp"));
    Path kept = Files.createDirectory(folder.resolve("kept"));
    for (int victim = 0; victim <= TRIES; victim++) {
      Path inside = Files.createDirectory(tmp.resolve("folder-" + victim));
      for (Path file : List.of(inside.resolve("heap.hprof"), tmp.resolve("file-" + victim))) {
        Files.writeString(file, "root's");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createLink(kept.resolve(file.getFileName() + "-" + victim), file);
      }
      Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setAttribute(tmp, "unix:uid", USER);
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));
    return tmp;
  }

  /** Root's files and folders; the hostile program renames while they are listed, so again until none left between its listing and its reading. */
  private Map<String, String> ofRoot() throws IOException {
    while (true) {
      try {
        return ofRootAtOnce();
      } catch (NoSuchFileException renamedMeanwhile) {
        Thread.onSpinWait();
      }
    }
  }

  /** By what they are and not by their names. */
  private Map<String, String> ofRootAtOnce() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> folders = Files.list(folder.resolve("tmp"));
        Stream<Path> files = Files.list(folder.resolve("kept"))) {
      for (Path file : Stream.concat(folders.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)), files)
          .toList()) {
        Map<String, Object> facts = Files.readAttributes(file, "unix:ino,uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        if (facts.get("uid").equals(0)) {
          found.put(facts.get("ino").toString(), facts.get("gid") + " " + facts.get("mode")
              + (Files.isRegularFile(file) ? Files.readString(file) : ""));
        }
      }
    }
    return found;
  }

  private static List<String> as(int user) {
    return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
  }

  private static List<String> apart(Path folder) {
    List<String> command = new ArrayList<>(as(USER));
    command.addAll(List.of("unshare", "-U", "-r", "-m", "sh", "-c",
        "mount --bind " + folder + " /mnt && mount --bind /mnt/tmp /tmp && exec \"$@\"", "sh"));
    return command;
  }

  private static void mustBeRoot() {
    assumeTrue(System.getProperty("user.name").equals("root"),
        "needs root: that a hostile user gains nothing from root's looking was not checked");
  }

  private static void mayStart(List<String> command) throws Exception {
    List<String> words = new ArrayList<>(command);
    words.add("true");
    try {
      assumeTrue(new ProcessBuilder(words).start().waitFor() == 0,
          "not allowed here: that a hostile user gains nothing from root's looking was not checked: " + words);
    } catch (IOException noSuchCommand) {
      abort("setpriv is not installed: that a hostile user gains nothing from root's looking was not checked");
    }
  }

  private void compile(int feature, String program, String source) throws IOException {
    Path file = Files.writeString(folder.resolve(program + ".java"), source);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", Integer.toString(feature),
        file.toString())).isZero();
  }

  private Process start(boolean apart, int feature, String... program) throws Exception {
    List<String> command = new ArrayList<>(apart ? apart(folder) : as(NOBODY));
    mayStart(command);
    command.addAll(List.of(LiveProgram.java(feature).toString(), "-Xmx64m", "-XX:+UseSerialGC", "-cp",
        apart ? "/mnt" : folder.toString()));
    command.addAll(List.of(program));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    // A JVM may warn first that a program calls native code.
    while (line != null && (line.isEmpty() || line.startsWith("WARNING"))) {
      line = output.readLine();
    }
    assertThat(line).isEqualTo("ready");
    return process;
  }

  private Process hostile(String by) throws Exception {
    compile(25, "Hostile", ATTACK);
    return start(true, 25, "Hostile", by);
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mount", "rename", "link"})
  void theFolderOfADumpIsExchangedAndRootsThingsStayRoots(String by) throws Exception {
    mustBeRoot();
    Path tmp = tmp();
    Process hostile = hostile(by);
    try {
      Map<String, String> before = ofRoot();
      for (int attempt = 0; attempt < TRIES; attempt++) {
        terminal.run("heap", Long.toString(hostile.pid()), "--yes", "--dump-in", "/tmp");
        assertThat(ofRoot()).as("try " + attempt + ": " + terminal.err()).containsAllEntriesOf(before);
      }
      assertThat(hostile.isAlive()).isTrue();
      assertThat(tmp.resolve("away-1")).as("something was exchanged").exists();
    } finally {
      end(hostile);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mount", "rename"})
  void theTriggerIsExchangedAndRootsThingsStayRoots(String by) throws Exception {
    mustBeRoot();
    Path tmp = tmp();
    boolean exchanged = false;
    for (int attempt = 0; attempt < TRIES - 1; attempt++) {
      Process hostile = hostile(by);
      try {
        Map<String, String> before = ofRoot();
        terminal.run(Long.toString(hostile.pid()), "--ask");
        assertThat(ofRoot()).as("try " + attempt + ": " + terminal.err()).containsAllEntriesOf(before);
        exchanged |= Files.exists(tmp.resolve("away-1"));
      } finally {
        end(hostile);
      }
      restore(tmp);
    }
    assumeTrue(exchanged, "the hostile program was never quick enough: that it gains nothing was not checked");
  }

  /** Puts back for the next try what the last one moved. */
  private void restore(Path tmp) throws Exception {
    Process remove = new ProcessBuilder("rm", "-rf", tmp.toString(), folder.resolve("kept").toString()).start();
    assertThat(remove.waitFor()).isZero();
    tmp();
  }

  @ParameterizedTest
  @CsvSource({"17,true", "25,true", "17,false", "25,false"})
  void anHonestJvmOfAnotherUserIsAskedAndDumpedAndTheDumpThatIsKeptIsOurs(int feature, boolean apart)
      throws Exception {
    mustBeRoot();
    Path tmp = tmp();
    Path dump = folder.resolve("kept.hprof");
    String place = apart ? "/tmp" : tmp.toString();
    compile(17, "Honest", HONEST);
    Process honest = start(apart, feature, "Honest");
    String pid = Long.toString(honest.pid());
    try {
      assertThat(terminal.run("heap", pid, "-y", "--dump-in", place, "-o", dump.toString(), "--histogram"))
          .as(terminal.err()).isZero();
      assertThat(terminal.run("heap", pid, "-y", "--dump-in", place)).as(terminal.err()).isZero();
      assertThat(terminal.run(pid, "--ask=histogram")).as(terminal.err()).isZero();
      assertThat(honest.isAlive()).isTrue();
      assertThat(honest.inputReader().ready()).as("it printed a thread dump").isFalse();
    } finally {
      end(honest);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump))).isEqualTo("rw-------");
    assertThat(Files.readAttributes(dump, "unix:uid,nlink")).containsEntry("uid", 0).containsEntry("nlink", 1);
    assertThat(tmp.toFile().list()).noneMatch(name -> name.startsWith(".tare-heap-") || name.startsWith(".attach_pid"));
  }

  @Test
  void rootThatCannotTakeOnTheRightsOfAJvmsUserRefusesAndSaysWhoCan() throws Exception {
    mustBeRoot();
    tmp();
    compile(17, "Honest", HONEST);
    Process honest = start(false, 25, "Honest");
    try {
      List<String> poor = List.of("setpriv", "--bounding-set=-setuid");
      mayStart(poor);
      List<String> command = new ArrayList<>(poor);
      command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "io.tare.app.Main",
          "heap", Long.toString(honest.pid()), "--yes"));
      // A process that had this pid before may have left one, which only its user can remove.
      Path contact = Path.of("/tmp/.java_pid" + honest.pid());
      boolean wasThere = Files.exists(contact);
      Process tare = new ProcessBuilder(command).redirectErrorStream(true).start();
      assertThat(new String(tare.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("whose rights cannot be taken on here", "sudo -u '#" + NOBODY + "'").doesNotContain("dumped");
      assertThat(tare.waitFor()).isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(Files.exists(contact)).as("it was contacted").isEqualTo(wasThere);
    } finally {
      end(honest);
    }
  }
}
