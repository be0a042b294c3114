package io.tare.capture.memory.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.Parsed;
import io.tare.model.alloc.RuntimeFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MariaDB of this machine, on a folder and a socket of its own, asked what it counts itself. */
@Tag("slow")
class InnodbPoolLiveTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(2));
  private static final int MOST_ATTEMPTS = 60;
  /** Pages that change hands between its count and the reading. */
  private static final long A_MOMENT = 20;

  @TempDir
  private Path folder;

  private String ask(String sql) throws IOException, InterruptedException {
    Process client = new ProcessBuilder("mariadb", "--no-defaults", "--socket=" + folder.resolve("s"), "-u", "root",
        "-e", sql).redirectErrorStream(true).start();
    client.getOutputStream().close();
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    client.waitFor();
    return said;
  }

  private long status(String name) throws IOException, InterruptedException {
    Matcher value = Pattern.compile("\\s(\\d+)\\s*$").matcher(ask("show status like '" + name + "'"));
    assertThat(value.find()).as(name).isTrue();
    return Long.parseLong(value.group(1));
  }

  private Process started() throws Exception {
    String server = Toolchain.require("mariadbd");
    Toolchain.require("mariadb");
    String user = System.getProperty("user.name");
    Path data = folder.resolve("data");
    Toolchain.run(List.of(Toolchain.require("mariadb-install-db"), "--no-defaults", "--user=" + user,
        "--datadir=" + data, "--auth-root-authentication-method=normal", "--skip-test-db"), folder);
    return new ProcessBuilder(server, "--no-defaults", "--user=" + user, "--datadir=" + data,
        "--socket=" + folder.resolve("s"), "--skip-networking", "--innodb-buffer-pool-size=100M",
        "--pid-file=" + folder.resolve("pid")).redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile()).start();
  }

  @Test
  void thePagesInUseAndFreeAreThoseThatTheServerCounts() throws Exception {
    Process server = started();
    try {
      for (int i = 0; i < MOST_ATTEMPTS && !ask("select 1").startsWith("1"); i++) {
        Thread.sleep(500);
      }
      String said = ask("create database d; use d; create table t(i int primary key, s varchar(200)) engine=innodb;"
          + " insert into t select seq, repeat('x',150) from seq_1_to_200000;"
          + " create table gone(i int primary key, s varchar(200)) engine=innodb;"
          + " insert into gone select seq, repeat('y',150) from seq_1_to_50000; drop table gone");
      assertThat(said).as(() -> said + log()).isEmpty();
      long total = status("Innodb_buffer_pool_pages_total");
      long data = status("Innodb_buffer_pool_pages_data");
      long free = status("Innodb_buffer_pool_pages_free");
      long dirty = status("Innodb_buffer_pool_pages_dirty");
      Parsed<RuntimeFacts> pool = read(server.pid());
      assertThat(pool.problems()).isEmpty();
      assertThat(pool.value().number("pages")).hasValue(total);
      assertThat(pool.value().number("pages.data").orElseThrow()).isCloseTo(data, within(A_MOMENT));
      assertThat(pool.value().number("pages.free").orElseThrow()).isCloseTo(free, within(A_MOMENT));
      assertThat(pool.value().number("pages.dirty").orElseThrow())
          .isBetween(Math.min(dirty, status("Innodb_buffer_pool_pages_dirty")) - A_MOMENT, dirty + A_MOMENT);
    } finally {
      server.destroy();
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException none) {
      return "";
    }
  }

  private static Parsed<RuntimeFacts> read(long pid) throws IOException {
    Path procPid = Path.of("/proc", String.valueOf(pid));
    try (LiveMemory memory = LiveMemory.open(procPid, PLENTY)) {
      return InnodbPool.read(memory, Mappings.read(procPid));
    }
  }
}
