package io.tare.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder that looks like {@code /proc} and has a process of every kind: what a list of them runs through must not depend on which programs happen to run
 * where a package is made, nor on who makes it.
 */
final class MadeProcesses {
  private static final int KERNEL_THREAD = 0x200000;
  private static final String COUNTED = "RssAnon:\t    1024 kB\nRssFile:\t    2048 kB\nRssShmem:\t       4 kB\n";

  private final Path proc;
  private final Path groups;
  private int made;

  private MadeProcesses(Path folder) {
    this.proc = folder.resolve("proc");
    this.groups = folder.resolve("groups");
  }

  /** Makes it below an empty folder. */
  static Path below(Path folder) throws IOException {
    MadeProcesses all = new MadeProcesses(folder.toAbsolutePath());
    all.groups();
    all.virtualMachines();
    all.others();
    all.unreadable();
    return all.proc;
  }

  /** Both versions: a limit, none, and one of the parent alone. */
  private void groups() throws IOException {
    Path self = Files.createDirectories(proc.resolve("self"));
    Files.writeString(self.resolve("mountinfo"), """
        30 23 0:26 / %1$s/two rw,nosuid - cgroup2 cgroup2 rw
        31 23 0:27 / %1$s/one rw,nosuid - cgroup cgroup rw,memory
        """.formatted(groups));
    for (String group : List.of("two", "two/limited", "two/limited/inner", "two/free", "one", "one/limited")) {
      Files.createDirectories(groups.resolve(group));
    }
    Files.writeString(groups.resolve("two/limited/memory.max"), "1073741824\n");
    Files.writeString(groups.resolve("two/limited/inner/memory.max"), "max\n");
    Files.writeString(groups.resolve("one/limited/memory.limit_in_bytes"), "536870912\n");
    Files.writeString(groups.resolve("one/memory.limit_in_bytes"), "9223372036854771712\n");
  }

  private void virtualMachines() throws IOException {
    String java = "/nowhere/bin/java";
    for (String words : List.of("-Xmx1g -cp a.jar:b.jar com.example.Main", "-jar /opt/shop.jar --port 80",
        "-m shop/com.example.Main", "One.java", "-XX:+UseSerialGC", "")) {
      Path jvm = running("java", java, "7f00-7f01 r-xp 0 08:01 1 /usr/lib/jvm/lib/server/libjvm.so\n", COUNTED);
      Files.writeString(jvm.resolve("cmdline"), (java + " " + words).strip().replace(' ', '\0') + "\0");
    }
    Path tool = running("javac", java, "7f00-7f01 r-xp 0 08:01 1 /usr/lib/jvm/lib/server/libjvm.so\n", COUNTED);
    Files.writeString(tool.resolve("cmdline"), "/usr/bin/javac\0-J-Xmx1g\0--release\0" + "25\0");
  }

  private void others() throws IOException {
    for (String program : List.of("python3.13", "node", "ruby3.1", "php-fpm8.2", "beam.smp", "dotnet")) {
      running(program, "/nowhere/" + program, "", COUNTED);
    }
    for (String library : List.of("libpython3.13.so.1.0", "libcoreclr.so", "libj9vm29.so", "libc.so.6")) {
      running("program", "/nowhere/program (deleted)", "7f00-7f01 r-xp 0 08:01 1 /usr/lib/" + library + "\n", COUNTED);
    }
    String limit = "0::/limited/inner\n";
    for (String group : List.of(limit, "0::/free\n", "0::/\n", "4:cpu:/\n5:memory:/limited\n0::/\n", "0::/../away\n",
        "nonsense", "")) {
      Files.writeString(running("node", "/nowhere/node", "", COUNTED).resolve("cgroup"), group);
    }
    for (String name : List.of("schläfer", "東京 🍎", "a\u001b[31m\tb", "x".repeat(15), "(odd) name)")) {
      running(name, "/nowhere/node", "", COUNTED);
    }
    // What a kernel doesn't count, or counts as nothing.
    running("node", "/nowhere/node", "", "VmRSS:\t 100 kB\n");
    running("node", "/nowhere/node", "", "RssAnon:\t0 kB\nRssShmem:\t0 kB\n");
  }

  private void unreadable() throws IOException {
    for (String name : List.of("java", "node", "init")) {
      process(name, 'S', 0);
    }
    process("kthreadd", 'S', KERNEL_THREAD);
    process("ended", 'Z', 0);
    folder();
    Files.createDirectories(folder().resolve("stat"));
    for (String stat : List.of("", "1", "1 (cut) S 1 2", "x (wrong) S" + " y".repeat(50))) {
      Files.writeString(folder().resolve("stat"), stat);
    }
  }

  private Path running(String name, String program, String maps, String status) throws IOException {
    Path folder = process(name, 'S', 0);
    Files.createSymbolicLink(folder.resolve("exe"), Path.of(program));
    Files.writeString(folder.resolve("maps"), maps);
    Files.writeString(folder.resolve("status"), status);
    return folder;
  }

  private Path process(String name, char state, int flags) throws IOException {
    Path folder = folder();
    List<String> fields = new ArrayList<>(List.of(String.valueOf(state), "1", "1", "1", "0", "-1"));
    fields.add(Integer.toString(flags));
    fields.addAll(List.of("0 0 0 0 0 0 0 0 20 0 1 0".split(" ")));
    fields.addAll(List.of("100", "1000000", Integer.toString(1000 * made)));
    fields.addAll(List.of("0 ".repeat(30).split(" ")));
    Files.writeString(folder.resolve("stat"), made + " (" + name + ") " + String.join(" ", fields) + "\n");
    return folder;
  }

  private Path folder() throws IOException {
    made++;
    return Files.createDirectories(proc.resolve(Integer.toString(made)));
  }
}
