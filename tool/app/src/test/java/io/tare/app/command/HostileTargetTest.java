package io.tare.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user has root look at a JVM, in a user and mount namespace where that user is master of {@code /tmp}, and exchanges whatever
 * Tare makes there for something of root's as soon as it appears. Root's things must stay root's.
 */
class HostileTargetTest {
  private static final int USER = 12345;
  private static final int TRIES = 4;
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
                  System.exit(1);
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

  /** The user's {@code /tmp}, with things of root's in it. */
  private Path tmp() throws IOException {
    Path tmp = Files.createDirectory(folder.resolve("tmp"));
    for (int victim = 0; victim <= TRIES; victim++) {
      Path inside = Files.createDirectory(tmp.resolve("folder-" + victim));
      Files.writeString(inside.resolve("heap.hprof"), "root's");
      Path file = Files.writeString(tmp.resolve("file-" + victim), "root's");
      Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.setAttribute(tmp, "unix:uid", USER);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));
    return tmp;
  }

  /** Whatever root owns below a folder, by what it is and not by its name. */
  private static Map<String, String> ofRoot(Path tmp) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(tmp)) {
      for (Path file : files.toList()) {
        Map<String, Object> facts = Files.readAttributes(file, "unix:ino,uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        if (facts.get("uid").equals(0)) {
          found.put(facts.get("ino").toString(), facts.get("gid") + " " + facts.get("mode")
              + (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : ""));
        }
      }
    }
    return found;
  }

  private static List<String> apart(Path folder) {
    return List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "unshare", "-U", "-r", "-m", "sh",
        "-c", "mount --bind " + folder + " /mnt && mount --bind /mnt/tmp /tmp && exec \"$@\"", "sh");
  }

  private static void mayStart(List<String> command) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"),
        "needs root: that a hostile user gains nothing from root's looking was not checked");
    List<String> words = new ArrayList<>(command);
    words.add("true");
    try {
      assumeTrue(new ProcessBuilder(words).start().waitFor() == 0,
          "not allowed here: that a hostile user gains nothing from root's looking was not checked: " + words);
    } catch (IOException noSuchCommand) {
      abort("setpriv is not installed: that a hostile user gains nothing from root's looking was not checked");
    }
  }

  private Process start(int feature, String program, String source, String... arguments) throws Exception {
    mayStart(apart(folder));
    Path file = Files.writeString(folder.resolve(program + ".java"), source);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", Integer.toString(feature),
        file.toString())).isZero();
    List<String> command = new ArrayList<>(apart(folder));
    command
        .addAll(List.of(LiveProgram.java(feature).toString(), "-Xmx64m", "-XX:+UseSerialGC", "-cp", "/mnt", program));
    command.addAll(List.of(arguments));
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
    return start(25, "Hostile", ATTACK, by);
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mount", "rename", "link"})
  void theFolderOfADumpIsExchangedAndRootsThingsStayRoots(String by) throws Exception {
    Path tmp = tmp();
    Process hostile = hostile(by);
    try {
      Map<String, String> before = ofRoot(tmp);
      for (int attempt = 0; attempt < TRIES; attempt++) {
        terminal.run("heap", Long.toString(hostile.pid()), "--yes", "--dump-in", "/tmp");
        assertThat(ofRoot(tmp)).as("try " + attempt + ": " + terminal.err()).containsAllEntriesOf(before);
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
    Path tmp = tmp();
    boolean exchanged = false;
    for (int attempt = 0; attempt < TRIES - 1; attempt++) {
      Process hostile = hostile(by);
      try {
        Map<String, String> before = ofRoot(tmp);
        terminal.run(Long.toString(hostile.pid()), "--ask");
        assertThat(ofRoot(tmp)).as("try " + attempt + ": " + terminal.err()).containsAllEntriesOf(before);
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
    Process remove = new ProcessBuilder("rm", "-rf", tmp.toString()).start();
    assertThat(remove.waitFor()).isZero();
    tmp();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void anHonestJvmInNamespacesOfItsOwnIsAskedAndDumpedAndTheDumpThatIsKeptIsOurs(int feature) throws Exception {
    Path tmp = tmp();
    Path dump = folder.resolve("kept.hprof");
    Process honest = start(feature, "Honest", HONEST);
    String pid = Long.toString(honest.pid());
    try {
      assertThat(terminal.run("heap", pid, "-y", "--dump-in", "/tmp", "-o", dump.toString(), "--histogram"))
          .as(terminal.err()).isZero();
      assertThat(terminal.run("heap", pid, "-y", "--dump-in", "/tmp")).as(terminal.err()).isZero();
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
}
