package io.tare.app.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tare watch} sends to a collector, and whom it watches by name. */
@Tag("slow")
class SendingMetricsTest {
  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  @TempDir
  Path folder;

  private final Terminal terminal = new Terminal();

  @Test
  void aCollectorGetsWhatIsWatched() throws Exception {
    List<String> requests = Collections.synchronizedList(new ArrayList<>());
    HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/", exchange -> {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
          + exchange.getRequestHeaders().getFirst("Content-Type") + " "
          + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    collector.start();
    try {
      assertThat(terminal.run("watch", SELF, "--for", "3s", "--interval", "100ms", "--otlp",
          "http://127.0.0.1:" + collector.getAddress().getPort())).isEqualTo(ExitCode.FINE);
    } finally {
      collector.stop(0);
    }
    assertThat(requests).as("one soon, unless the machine is very busy, and one at the end").hasSizeBetween(1, 2);
    assertThat(requests.getLast()).startsWith("POST /v1/metrics application/json {")
        .contains("\"name\": \"process.memory.usage\"",
            "{\"key\": \"process.pid\", \"value\": {\"intValue\": \"" + SELF);
  }

  @Test
  void aCollectorThatIsNotThereIsSaidOnceAndDisturbsNothing() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(terminal.run("watch", SELF, "--for", "2s", "--interval", "100ms", "--otlp", "http://127.0.0.1:" + port))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.err().lines().filter(line -> line.contains("can't be sent to"))).hasSize(1);
  }

  @Test
  void whatIsNoCollectorIsRefused() {
    for (String url : List.of("localhost:4318", "file:///etc/passwd", "http://", "http://a b")) {
      assertThat(terminal.run("watch", SELF, "--for", "1s", "--otlp", url)).as(url).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void allAndMatchBelongTogether() {
    assertThat(terminal.run("watch", "--all", "--for", "1s")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("watch", "--match", "x", "--for", "1s")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("watch", "--all", "--match", "(", "--for", "1s")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("watch", SELF, "--all", "--match", "x", "--for", "1s")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aServiceThatRestartsGoesOnBeingWatched() throws Exception {
    // A name that no other process of this machine has.
    Path service = folder.resolve("tare-svc-" + ProcessHandle.current().pid());
    Files.writeString(service, "#!/bin/sh\nread line\n");
    Files.setPosixFilePermissions(service, PosixFilePermissions.fromString("rwx------"));
    Process first = new ProcessBuilder(service.toString()).start();
    List<Process> second = Collections.synchronizedList(new ArrayList<>());
    Thread restart = Thread.ofPlatform().start(() -> restart(first, service, second));
    try {
      assertThat(terminal.run("watch", "--all", "--match", "^" + service.getFileName() + "$", "--for", "30s",
          "--interval", "200ms"))
          .isEqualTo(ExitCode.FINE);
      restart.join();
      assertThat(terminal.err().lines().filter(line -> line.endsWith(" is watched"))).containsExactly(
          "tare: " + service.getFileName() + ", pid " + first.pid() + " is watched",
          "tare: " + service.getFileName() + ", pid " + second.getFirst().pid() + " is watched");
      assertThat(terminal.out()).contains(service.getFileName() + ", pid " + second.getFirst().pid() + "  ");
    } finally {
      first.destroyForcibly();
      second.forEach(Process::destroyForcibly);
    }
  }

  private void restart(Process first, Path service, List<Process> second) {
    try {
      while (!terminal.err().contains("pid " + first.pid() + " is watched")) {
        Thread.sleep(50);
      }
      first.destroyForcibly().waitFor();
      second.add(new ProcessBuilder(service.toString()).start());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
