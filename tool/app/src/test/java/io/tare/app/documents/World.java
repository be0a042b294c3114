package io.tare.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * A folder in which the commands of the pages can be run as they stand there: the programs, recordings and dumps that they name lie in it, and the pids
 * that they name stand for processes that run.
 */
final class World implements AutoCloseable {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path RECORDINGS = Path.of("src/test/resources/recordings").toAbsolutePath();
  private static final Path CAPTURES = Path.of("../ledger/src/test/resources/captures").toAbsolutePath().normalize();
  private static final Path LOG = Path
      .of("../formats/src/test/resources/fixtures/temurin-25.0.3-gclog-parallel/gc-all.log")
      .toAbsolutePath().normalize();
  private static final String ORDERS = """
      package com.acme.orders;
      import java.util.ArrayList;
      import java.util.List;
      public class Orders {
        record Order(long id, byte[] content) {}
        static final List<Order> OPEN = new ArrayList<>();
        static final String LONG = "x".repeat(20_000);
        public static void main(String[] words) throws Exception {
          int rows = 10_000;
          for (String word : words) {
            if (word.matches("[0-9.e]+")) { rows = (int) Double.parseDouble(word); }
          }
          for (int i = 0; i < rows; i++) { OPEN.add(new Order(i, new byte[100])); }
          System.out.println("ready, " + OPEN.size() + " orders");
          boolean isBrief = !System.getProperty("java.class.path").equals("orders.jar");
          Thread.sleep(Long.parseLong(System.getenv().getOrDefault("ORDERS_MILLIS", isBrief ? "300" : "4000")));
        }
      }
      """;

  private static final Pattern CASE = Pattern.compile("\\bcases/(\\w+)/");

  private final Path folder;
  private final List<Process> running = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  /** How a line ended. */
  record Ended(int code, String out, String err) {}

  /**
   * Makes all that in a folder.
   *
   * @param tare what stands for {@code tare} in a shell
   */
  World(Path folder, String tare) throws Exception {
    this.folder = folder;
    programs(tare);
    for (String pid : List.of("4711", "4712")) {
      names.put("\\b" + pid + "\\b", Long.toString(orders().pid()));
    }
    files();
  }

  private void programs(String tare) throws IOException {
    Path source = Files.createDirectories(folder.resolve("com/acme/orders")).resolve("Orders.java");
    Files.writeString(source, ORDERS);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString()))
        .isZero();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "com.acme.orders.Orders");
    for (String jar : List.of("orders.jar", "app.jar", "batch.jar", "load.jar")) {
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(folder.resolve(jar)), manifest)) {
        for (String type : List.of("Orders", "Orders$Order")) {
          out.putNextEntry(new ZipEntry("com/acme/orders/" + type + ".class"));
          out.write(Files.readAllBytes(folder.resolve("com/acme/orders/" + type + ".class")));
        }
      }
    }
    for (String name : List.of("sync", "server")) {
      program(name, JAVA + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp app.jar com.acme.orders.Orders \"$@\"");
    }
    // Memory that grows by a hundred bytes an item and nothing else.
    program("index", "dd if=/dev/zero of=/dev/null count=1 bs=$((80000000 + $1 * 100))");
    program("tare", tare + " \"$@\"");
  }

  static Path home() {
    return Path.of("../..").toAbsolutePath().normalize();
  }

  /** The program among the cases that these commands start and that is not built as its sources are now: it would build itself first. */
  static Optional<String> unbuilt(List<String> commands) throws IOException {
    for (String command : commands) {
      Matcher started = CASE.matcher(command);
      if (started.find()) {
        Path place = home().resolve("cases/" + started.group(1));
        Path stamp = place.resolve("target/launcher.stamp");
        boolean isLauncher = Files.exists(place.resolve(started.group(1)));
        if (!Files.exists(isLauncher ? stamp : place.resolve("target/classes"))
            || isLauncher && isOlder(stamp, List.of(place, home().resolve("library/probe")))) {
          return Optional.of("cases/" + started.group(1));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOlder(Path stamp, List<Path> modules) throws IOException {
    FileTime built = Files.getLastModifiedTime(stamp);
    for (Path module : modules) {
      try (Stream<Path> sources = Files.walk(module.resolve("src/main"))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
            return true;
          }
        }
      }
    }
    return Files.getLastModifiedTime(home().resolve("pom.xml")).compareTo(built) > 0;
  }

  private void program(String name, String command) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\nexec " + command + "\n");
    file.toFile().setExecutable(true);
  }

  private Process orders() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(JAVA.toString(), "-Xmx64m", "-XX:+UseG1GC", "-jar", "orders.jar")
        .directory(folder.toFile());
    builder.environment().put("ORDERS_MILLIS", "600000");
    Process process = builder.start();
    running.add(process);
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("ready");
    return process;
  }

  private void files() throws Exception {
    Map<String, String> recordings = Map.of("orders", "leak-settled", "before", "leak-of-threads", "after",
        "leak-of-threads", "healthy", "cache-settled", "load", "cache-settled");
    for (Map.Entry<String, String> one : recordings.entrySet()) {
      Files.copy(RECORDINGS.resolve(one.getValue() + ".tarerec"), folder.resolve(one.getKey() + ".tarerec"));
    }
    Files.copy(CAPTURES.resolve("native-glibc.tare"), folder.resolve("x.tare"));
    Files.copy(CAPTURES.resolve("native-glibc.tare"), folder.resolve("A"));
    Files.copy(CAPTURES.resolve("native-glibc.tare"), folder.resolve("B"));
    Files.copy(LOG, folder.resolve("gc.log"));
    cases();
    String pid = pid();
    Terminal terminal = new Terminal();
    assertThat(terminal.run("record", pid, names.get("\\b4712\\b"), "-o", folder.resolve("all.tarerec").toString(),
        "--for", "3s", "--ledger-every", "1s")).as(terminal.err()).isZero();
    String dump = folder.resolve("app.hprof").toString();
    assertThat(terminal.run("heap", pid, "--yes", "-o", dump)).as(terminal.err()).isZero();
    for (String name : List.of("before", "after")) {
      Files.copy(Path.of(dump), folder.resolve(name + ".hprof"));
    }
    Terminal address = new Terminal();
    assertThat(address.run("heap", dump, "--select",
        "SELECT toHex(o.@objectAddress) AS at FROM com.acme.orders.Orders$Order o",
        "--format", "csv")).as(address.err()).isZero();
    assertThat(address.out()).as("rows that a pipe gets").doesNotContain("\\r").endsWith("\n");
    names.put("0x7f3a01c0", address.out().lines().skip(1).findFirst().orElseThrow());
    String stacks = Files.writeString(folder.resolve("stacks.collapsed"), "main;load;parse 4096\nmain;serve 1024\n")
        .toString();
    Terminal profile = new Terminal();
    assertThat(profile.run("who", stacks, "--out", folder.resolve("heap.pb.gz").toString())).as(profile.err()).isZero();
  }

  /** What the pages of the cases name. */
  private void cases() throws IOException {
    Files.createSymbolicLink(folder.resolve("cases"), home().resolve("cases"));
    Files.writeString(Files.createDirectories(folder.resolve("data/some")).resolve("file"), "content");
    Files.writeString(folder.resolve("mirror.conf"), "from = data\nto = mirror\nstate = mirror.state\n");
    Files.writeString(folder.resolve("big.yaml"), "metadata: {name: big}\nspec: {replicas: 3}\n");
  }

  /** Runs a line in a shell. */
  Ended run(String line, Optional<Integer> seconds, String input) throws IOException, InterruptedException {
    String words = line;
    for (Map.Entry<String, String> name : names.entrySet()) {
      words = words.replaceAll(name.getKey(), name.getValue());
    }
    List<String> command = new ArrayList<>();
    // Hands an interrupt on, also where this process has been told to take none.
    seconds
        .ifPresent(_ -> command.addAll(List.of("timeout", "--foreground", "--preserve-status", "--signal=INT", "200")));
    command.addAll(List.of("bash", "-c", seconds.isPresent() ? "exec " + words : words));
    Path out = folder.resolve("answer.out");
    Path err = folder.resolve("answer.err");
    Path in = Files.writeString(folder.resolve("answer.in"), input);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
        .redirectError(err.toFile()).redirectInput(in.toFile());
    builder.environment().clear();
    builder.environment()
        .putAll(Map.of("PATH", folder + ":" + JAVA.getParent() + ":/usr/local/bin:/usr/bin:/bin", "HOME",
            folder.toString(), "LANG", "C.UTF-8", "TERM", "dumb"));
    Process process = builder.start();
    try {
      if (seconds.isPresent()) {
        awaitWork(process, out, err);
        if (!process.waitFor(seconds.get(), TimeUnit.SECONDS)) {
          new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        }
      }
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(line + " ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Waits until a command has begun with what it is asked for, and not only to start: on a busy machine that takes seconds. */
  private static void awaitWork(Process process, Path out, Path err) throws IOException, InterruptedException {
    while (process.isAlive() && Files.size(out) == 0 && !Files.readString(err).contains("recording ")) {
      Thread.sleep(50);
    }
  }

  /** The pid of the process that the pages call 4711. */
  String pid() {
    return names.get("\\b4711\\b");
  }

  /** A file that a command line names as its output. */
  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : running) {
      process.destroy();
      process.waitFor();
    }
  }
}
