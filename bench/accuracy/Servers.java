import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The servers that {@link Strangers} knows to start. */
final class Servers {
  static final List<Strangers.Known> ALL = List.of(known("Redis", "/usr/bin/redis-server", Servers::redis),
      known("etcd", "/usr/bin/etcd", Servers::etcd), known("Prometheus", "/usr/bin/prometheus", Servers::prometheus),
      known("caddy", "/usr/bin/caddy", Servers::caddy), known("Puma", "/usr/bin/puma", Servers::puma),
      known("php-fpm, in a request", "/usr/sbin/php-fpm8.4", Servers::phpFpm),
      known("Erlang's BEAM", "/usr/bin/erl", Servers::beam), known("MariaDB", "/usr/sbin/mariadbd", Servers::mariadb),
      known("PostgreSQL, a backend", "/usr/lib/postgresql/17/bin/postgres", Servers::postgres));
  private static final int KEYS = 150_000;
  private static final int LONGEST_WAIT_SECONDS = 90;
  private static final long SETTLE_MILLIS = 2000;
  private static final long BLOCK_BYTES = 512;

  private Servers() {
  }

  private static Strangers.Known known(String name, String program, Strangers.Server server) {
    return new Strangers.Known(name, program, server);
  }

  // starting and asking

  private static Process start(Root root, Path folder, List<String> words) throws IOException {
    return new ProcessBuilder(root.command(words)).redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile()).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Something that fails until a server is up. */
  private interface Try<T> {
    T get() throws IOException, InterruptedException;
  }

  private static <T> T wait(Path folder, Try<T> attempt) throws IOException, InterruptedException {
    IOException last = new IOException("never tried");
    for (int i = 0; i < LONGEST_WAIT_SECONDS; i++) {
      try {
        return attempt.get();
      } catch (IOException notYet) {
        last = notYet;
        Thread.sleep(1000);
      }
    }
    String said = Files.exists(folder.resolve("output")) ? Files.readString(folder.resolve("output")) : "";
    throw new IOException(last.getMessage() + ": " + said.substring(Math.max(0, said.length() - 300)).replace('\n', ' '));
  }

  private static String page(int port, String path) throws IOException {
    URLConnection connection = URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setReadTimeout(10_000);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static long number(String text, String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    if (!found.find()) {
      throw new IOException("no " + pattern + " in what the server says");
    }
    return (long) Double.parseDouble(found.group(1));
  }

  private static long[] exactly(long bytes) {
    return new long[]{bytes, bytes};
  }

  private static long[] upTo(long bytes) {
    return new long[]{0, bytes};
  }

  // those with a library's allocator

  private static Strangers.Running redis(Root root, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Process server = start(root, folder, List.of("/usr/bin/redis-server", "--bind", "127.0.0.1", "--port", "" + port,
        "--save", "", "--dir", root.within(folder)));
    wait(folder, () -> redis(port, "PING\r\n", 1));
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      commands.append("SET key:").append(i).append(" value-of-some-length-").append("x".repeat(i % 400)).append("\r\n");
    }
    int deleted = 0;
    for (int i = 0; i < KEYS; i++) {
      if (i % 3 != 0) {
        commands.append("DEL key:").append(i).append("\r\n");
        deleted++;
      }
    }
    redis(port, commands.toString(), KEYS + deleted);
    Thread.sleep(SETTLE_MILLIS);
    return new Strangers.Running(List.of(server), server.pid(), () -> {
      String info = redis(port, "INFO memory\r\n", 1);
      return new TreeMap<>(Map.of("malloc.used", exactly(number(info, "^allocator_allocated:(\\d+)"))));
    });
  }

  /** Sends commands and returns the replies, of which each begins with a line. */
  private static String redis(int port, String commands, int replies) throws IOException, InterruptedException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      Thread writer = new Thread(() -> {
        try {
          socket.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
          // Then the replies end, too.
        }
      });
      writer.start();
      StringBuilder said = new StringBuilder();
      byte[] buffer = new byte[1 << 16];
      int lines = 0;
      boolean isBulk = false;
      do {
        int length = socket.getInputStream().read(buffer);
        if (length < 0) {
          break;
        }
        String part = new String(buffer, 0, length, StandardCharsets.UTF_8);
        isBulk |= said.isEmpty() && part.startsWith("$");
        if (replies == 1) {
          said.append(part);
        }
        lines += (int) part.chars().filter(c -> c == '\n').count();
      } while (lines < replies || isBulk && said.indexOf("\r\n\r\n") < 0 && !said.toString().contains("lazyfreed_objects"));
      writer.join();
      return said.toString();
    }
  }

  // those in Go

  private static Strangers.Running ofGo(Process server, int port, Path folder) throws IOException, InterruptedException {
    wait(folder, () -> page(port, "/metrics"));
    Thread.sleep(SETTLE_MILLIS);
    Map<String, Long> before = memStats(port);
    return new Strangers.Running(List.of(server), server.pid(), () -> {
      Map<String, long[]> figures = new TreeMap<>();
      memStats(port).forEach((counter, after) -> figures.put(counter,
          new long[]{Math.min(before.get(counter), after), Math.max(before.get(counter), after)}));
      // Spans in use may have pages that nobody touched yet.
      figures.put("go.heap", upTo(figures.get("Go: HeapInuse")[1]));
      figures.put("go.stacks", upTo(figures.get("Go: StackInuse")[1]));
      return figures;
    });
  }

  private static Map<String, Long> memStats(int port) throws IOException {
    String metrics = page(port, "/metrics");
    Map<String, Long> counters = new TreeMap<>();
    for (Map.Entry<String, String> counter : Map.of("HeapInuse", "heap_inuse", "HeapReleased", "heap_released", "StackInuse",
        "stack_inuse", "MSpanSys", "mspan_sys", "GCSys", "gc_sys", "OtherSys", "other_sys").entrySet()) {
      counters.put("Go: " + counter.getKey(), number(metrics, "^go_memstats_" + counter.getValue() + "_bytes (\\S+)"));
    }
    return counters;
  }

  private static Strangers.Running etcd(Root root, Path folder) throws IOException, InterruptedException {
    int clients = freePort();
    int peers = freePort();
    String peer = "http://127.0.0.1:" + peers;
    String client = "http://127.0.0.1:" + clients;
    Process server = start(root, folder, List.of("/usr/bin/etcd", "--data-dir", root.within(folder) + "/data",
        "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer,
        "--initial-advertise-peer-urls", peer, "--initial-cluster", "default=" + peer));
    return ofGo(server, clients, folder);
  }

  private static Strangers.Running prometheus(Root root, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Files.writeString(folder.resolve("p.yml"), "scrape_configs:\n- job_name: itself\n  scrape_interval: 1s\n"
        + "  static_configs:\n  - targets: ['127.0.0.1:" + port + "']\n");
    Process server = start(root, folder, List.of("/usr/bin/prometheus", "--config.file=" + root.within(folder) + "/p.yml",
        "--storage.tsdb.path=" + root.within(folder) + "/data", "--web.listen-address=127.0.0.1:" + port));
    return ofGo(server, port, folder);
  }

  private static Strangers.Running caddy(Root root, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Files.writeString(folder.resolve("c.json"), "{\"admin\": {\"listen\": \"127.0.0.1:" + port + "\"}}");
    String inside = root.within(folder);
    Process server = start(root, folder, List.of("env", "HOME=" + inside, "XDG_DATA_HOME=" + inside, "/usr/bin/caddy",
        "run", "--config", inside + "/c.json"));
    return ofGo(server, port, folder);
  }

  // interpreters

  private static Strangers.Running puma(Root root, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Files.writeString(folder.resolve("puma.rb"), """
        bind 'tcp://127.0.0.1:%d'
        threads 3, 3
        KEPT = (0...300_000).map { |i| "text number #{i}, long enough for a block" }
        KEPT.each_index { |i| KEPT[i] = nil if i.odd? }
        app { |env| [200, {}, [GC.stat.to_s]] }
        """.formatted(port));
    Process server = start(root, folder, List.of("env", "PWD=/", "/usr/bin/puma", "-C", root.within(folder) + "/puma.rb"));
    wait(folder, () -> page(port, "/"));
    Thread.sleep(SETTLE_MILLIS);
    return new Strangers.Running(List.of(server), server.pid(), Map::of);
  }

  private static Strangers.Running phpFpm(Root root, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    String inside = root.within(folder);
    Files.writeString(folder.resolve("fpm.conf"), """
        [global]
        error_log = %s/log
        [www]
        user = www-data
        listen = 127.0.0.1:%d
        pm = static
        pm.max_children = 1
        """.formatted(inside, port));
    Files.writeString(folder.resolve("page.php"), """
        <?php
        ini_set('memory_limit', '256M');
        $kept = [];
        for ($i = 0; $i < 200000; $i++) { $kept[] = ['number' => $i, 'text' => "text number $i"]; }
        echo 'real=', memory_get_usage(true), " used=", memory_get_usage(), "\\n";
        while (ob_get_level()) { ob_end_flush(); }
        flush();
        sleep(60);
        """);
    Process server = start(root, folder, List.of("/usr/sbin/php-fpm8.4", "-F", "-y", inside + "/fpm.conf"));
    Socket request = wait(folder, () -> new Socket("127.0.0.1", port));
    String said = FastCgi.begin(request, inside + "/page.php");
    Thread.sleep(SETTLE_MILLIS);
    long worker = server.descendants().findFirst().orElseThrow(() -> new IOException("no worker")).pid();
    long used = number(said, "used=(\\d+)");
    return new Strangers.Running(List.of(server), worker, () -> Map.of("script.heap", exactly(used)));
  }

  private static Strangers.Running beam(Root root, Path folder) throws IOException, InterruptedException {
    String program = "ets:new(t,[named_table,public]),[ets:insert(t,{I,integer_to_list(I)})||I<-lists:seq(1,200000)],"
        + "[erlang:garbage_collect(P)||P<-processes()],timer:sleep(500),"
        + "All=[I||A<-erlang:system_info(alloc_util_allocators),L<-[erlang:system_info({allocator,A})],is_list(L),{instance,_,I}<-L],"
        + "Blocks=lists:sum([element(2,S)||I<-All,{Kind,Of}<-I,lists:member(Kind,[mbcs,mbcs_pool,sbcs]),{blocks,Types}<-Of,"
        + "{_,Counts}<-Types,S<-Counts,element(1,S)=:=size]),"
        + "io:format(\"blocks=~p~n\",[Blocks]),timer:sleep(600000).";
    // Without carriers in malloc's memory all that it counts is in its own.
    Process server = start(root, folder, List.of("env", "HOME=" + root.within(folder), "/usr/bin/erl", "+Musac", "false", "-noshell",
        "-noinput", "-start_epmd", "false", "-eval", program));
    String said = wait(folder, () -> {
      String output = Files.readString(folder.resolve("output"));
      number(output, "blocks=(\\d+)");
      return output;
    });
    Thread.sleep(SETTLE_MILLIS);
    long blocks = number(said, "blocks=(\\d+)");
    long code = memoryFileBytes(server.pid(), "/memfd:vmem");
    return new Strangers.Running(List.of(server), server.pid(),
        () -> Map.of("script.heap", exactly(blocks), "script.code", exactly(code)));
  }

  /** What memory files of a name take, however often they are mapped. */
  private static long memoryFileBytes(long pid, String name) throws IOException, InterruptedException {
    Map<String, Long> bytes = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/maps"))) {
      String[] words = line.split(" +", 6);
      if (words.length == 6 && words[5].startsWith(name)) {
        String blocks = Root.HERE.output(List.of("stat", "-L", "-c", "%b", "/proc/" + pid + "/map_files/" + words[0]));
        bytes.put(words[4], BLOCK_BYTES * Long.parseLong(blocks.strip()));
      }
    }
    return bytes.values().stream().mapToLong(file -> file).sum();
  }

  // databases

  private static Strangers.Running mariadb(Root root, Path folder) throws IOException, InterruptedException {
    String inside = root.within(folder);
    root.output(List.of("mariadb-install-db", "--no-defaults", "--force", "--user=root", "--datadir=" + inside + "/data",
        "--auth-root-authentication-method=normal", "--skip-test-db"));
    Process server = start(root, folder, List.of("/usr/sbin/mariadbd", "--no-defaults", "--user=root",
        "--datadir=" + inside + "/data", "--socket=" + inside + "/s", "--skip-networking", "--innodb-buffer-pool-size=96M",
        "--pid-file=" + inside + "/pid"));
    wait(folder, () -> mariadb(root, inside, "select 1"));
    mariadb(root, inside, "create database d; use d; create table t(i int primary key, s varchar(200)) engine=innodb;"
        + " insert into t select seq, repeat('x',150) from seq_1_to_200000");
    Thread.sleep(SETTLE_MILLIS);
    return new Strangers.Running(List.of(server), server.pid(), () -> {
      long data = number(mariadb(root, inside, "show status like 'Innodb_buffer_pool_bytes_data'"), "(\\d{5,})");
      return Map.of("database.pool", exactly(data));
    });
  }

  private static String mariadb(Root root, String inside, String sql) throws IOException, InterruptedException {
    String said = root.output(List.of("mariadb", "--no-defaults", "--socket=" + inside + "/s", "-u", "root", "-e", sql));
    if (said.contains("ERROR")) {
      throw new IOException(said.strip());
    }
    return said;
  }

  private static Strangers.Running postgres(Root root, Path folder) throws IOException, InterruptedException {
    String inside = root.within(folder);
    String programs = "/usr/lib/postgresql/17/bin/";
    List<String> asUser = List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
    root.output(List.of("chown", "postgres", inside));
    root.output(words(asUser, programs + "initdb", "-D", inside + "/data", "-A", "trust"));
    Process server = start(root, folder, words(asUser, programs + "postgres", "-D", inside + "/data", "-k", inside, "-c",
        "listen_addresses=", "-c", "shared_buffers=64MB"));
    String psql = programs + "psql";
    wait(folder, () -> {
      String said = root.output(words(asUser, psql, "-h", inside, "-d", "postgres", "-c", "select 1"));
      if (!said.contains("1 row")) {
        throw new IOException(said.strip());
      }
      return said;
    });
    Process client = start(root, folder, words(asUser, psql, "-h", inside, "-d", "postgres", "-c",
        "create table t as select i, repeat('x', 100) s from generate_series(1, 300000) i; select count(*) from t;"
            + " select pg_sleep(120)"));
    String said = wait(folder, () -> {
      String asked = root.output(words(asUser, psql, "-h", inside, "-d", "postgres", "-At", "-F", " ", "-c",
          "select pid, 1048576 * (select setting::bigint from pg_settings where name = 'shared_memory_size')"
              + " from pg_stat_activity where wait_event = 'PgSleep'"));
      number(asked, "^(\\d+) ");
      return asked;
    });
    return new Strangers.Running(List.of(client, server), number(said, "^(\\d+) "),
        () -> Map.of("shared", upTo(number(said, " (\\d+)"))));
  }

  private static List<String> words(List<String> first, String... rest) {
    List<String> words = new ArrayList<>(first);
    words.addAll(List.of(rest));
    return words;
  }

  /** As much of the protocol between a web server and PHP as one request takes. */
  private static final class FastCgi {
    private static final int BEGIN = 1;
    private static final int PARAMETERS = 4;
    private static final int INPUT = 5;

    /** Sends a request and returns the first that is answered. */
    static String begin(Socket socket, String script) throws IOException {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      record(out, BEGIN, new byte[]{0, 1, 0, 0, 0, 0, 0, 0});
      ByteArrayOutputStream parameters = new ByteArrayOutputStream();
      Map.of("SCRIPT_FILENAME", script, "REQUEST_METHOD", "GET", "SCRIPT_NAME", "/page.php").forEach((name, value) -> {
        parameters.write(name.length());
        parameters.write(value.length());
        parameters.writeBytes((name + value).getBytes(StandardCharsets.UTF_8));
      });
      record(out, PARAMETERS, parameters.toByteArray());
      record(out, PARAMETERS, new byte[0]);
      record(out, INPUT, new byte[0]);
      StringBuilder said = new StringBuilder();
      byte[] buffer = new byte[1 << 12];
      while (said.indexOf("used=") < 0) {
        int length = socket.getInputStream().read(buffer);
        if (length < 0) {
          throw new IOException("PHP ended the request: " + said);
        }
        said.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      }
      return said.toString();
    }

    private static void record(OutputStream out, int type, byte[] content) throws IOException {
      out.write(new byte[]{1, (byte) type, 0, 1, (byte) (content.length >> 8), (byte) content.length, 0, 0});
      out.write(content);
      out.flush();
    }
  }
}
