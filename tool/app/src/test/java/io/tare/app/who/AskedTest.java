package io.tare.app.who;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tare.app.Terminal;
import io.tare.formats.profile.PprofWriter;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tare who URL} and {@code tare who PID --ask}. */
class AskedTest {
  @TempDir
  Path folder;
  private final Terminal terminal = new Terminal();

  private static void answering(int code, byte[] body, UseOfUrl use) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/debug/pprof/heap", exchange -> {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      use.of("http://127.0.0.1:" + server.getAddress().getPort() + "/debug/pprof/heap");
    } finally {
      server.stop(0);
    }
  }

  private interface UseOfUrl {
    void of(String url) throws IOException;
  }

  @Test
  void anEndpointIsAskedByItsUrl() throws IOException {
    byte[] profile = PprofWriter.write(new Profile(List.of(new ValueType("inuse_space", "bytes")),
        List.of(new Sample(List.of(new Frame("main.load", "main.go", 3)), List.of(3L << 20)))));
    answering(200, profile, url -> {
      assertThat(terminal.run("who", url)).isZero();
      assertThat(terminal.out()).startsWith("who allocated it: " + url + "\n").contains("main.load");
    });
  }

  @Test
  void whereAnEndpointLeadsElsewhereItIsNotFollowed() throws IOException {
    answering(302, new byte[0], url -> {
      assertThat(terminal.run("who", url)).isEqualTo(2);
      assertThat(terminal.err()).contains(url + " answers 302, and no profile");
    });
    answering(200, "<html>".getBytes(StandardCharsets.UTF_8), url -> {
      assertThat(terminal.run("who", url)).isEqualTo(2);
      assertThat(terminal.err()).contains("a profile is wanted: pprof, JFR");
    });
  }

  /** What the functions, classes or types hold stands above the ledger of which it is a part. */
  @Test
  @Tag("slow")
  void withTheLedgerAllThatTheProcessWeighsStandsBeneath() throws Exception {
    Path source = Files.writeString(folder.resolve("Allocator.java"), ALLOCATOR);
    Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
        source.toString()).redirectErrorStream(true).start();
    try {
      assertThat(program.inputReader().readLine()).isEqualTo("ready");
      assertThat(terminal.run("who", Long.toString(program.pid()), "--ledger")).isZero();
      assertThat(terminal.out()).containsSubsequence("whose memory it is: ", "int[]", "RSS", "metaspace");
    } finally {
      program.destroyForcibly().waitFor();
    }
    assertThat(terminal.run("who", source.toString(), "--ledger", "--format", "json")).isEqualTo(2);
    assertThat(terminal.err()).contains("--ledger is text");
  }

  private static final String ALLOCATOR = """
      public class Allocator {
        static Object kept;
        static void makeOrders() {
          kept = new int[5000];
        }
        public static void main(String[] arguments) throws Exception {
          System.out.println("ready");
          while (true) {
            makeOrders();
            if (System.nanoTime() % 100 == 0) {
              Thread.sleep(1);
            }
          }
        }
      }
      """;

  @Test
  @Tag("slow")
  void aJvmRecordsForAWhileWhoAllocatesAndKeepsNothingRunning() throws Exception {
    Path source = Files.writeString(folder.resolve("Allocator.java"), ALLOCATOR);
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    Process program = new ProcessBuilder(java + "/java", "-Xmx64m", source.toString()).redirectErrorStream(true)
        .directory(folder.toFile()).start();
    try {
      assertThat(program.inputReader().readLine()).isEqualTo("ready");
      String pid = Long.toString(program.pid());
      assertThat(terminal.run("who", pid, "--ask", "--for", "3s")).isZero();
      assertThat(terminal.out()).contains("Allocator.makeOrders");
      assertThat(terminal.err()).contains("asking " + pid + " to record for 3 s", "the process's RSS changed by");
      Process check = new ProcessBuilder(java + "/jcmd", pid, "JFR.check").start();
      assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("No available recordings");
      assertThat(folder.toFile().list()).as("what stays where the process stands").containsExactly("Allocator.java");
    } finally {
      program.destroy();
      program.waitFor();
    }
  }
}
