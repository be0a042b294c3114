package io.tare.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.hostile.TareProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each command says, and how it ends, when the kernel refuses the target's memory. The table of {@code docs/safety.md} is what
 * this test finds, row by row.
 */
@Tag("slow")
class RefusedTest {
  private static final String LACKING = "setpriv --inh-caps=-sys_ptrace --bounding-set=-sys_ptrace \"$@\"";
  private static final String BARE = "setpriv --inh-caps=-all --bounding-set=-all \"$@\"";
  private static final String STRANGER = "setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"";
  private static final String HIDDEN = "unshare -m sh -c 'mount -t proc -o hidepid=2 proc /proc && exec " + STRANGER
      + "' sh \"$@\"";
  private static final List<String> READERS = List.of("\"$@\"", LACKING, BARE, STRANGER, HIDDEN);
  private static final String NOT_THERE = "hidepid, so it takes root";

  @TempDir
  private Path folder;

  /** One command under each reader: how it ended, and the word that it found. */
  private interface Row {
    String cell(TareProcess tare, String reader, String pid) throws IOException, InterruptedException;
  }

  @Test
  void theTableOfTheSafetyPageIsWhatHappens() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/1/smaps")) && TareProcess.other("setpriv", "--version") == 0,
        "readings with less than root's rights are not checked: it takes root and setpriv");
    assumeTrue(TareProcess.other("unshare", "-m", "mount", "-t", "proc", "-o", "hidepid=2", "proc", "/proc") == 0,
        "readings with less than root's rights are not checked: /proc can't be mounted with hidepid");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assumeTrue(anotherUserReadsTheClasses(),
        "readings of another user are not checked: that user can't read the classes");
    TareProcess tare = new TareProcess(folder);
    Process target = new ProcessBuilder("sleep", "300").start();
    try {
      String pid = Long.toString(target.pid());
      List<String> table = new ArrayList<>();
      table.add(row("`tare PID`", pid, tare, RefusedTest::ledger));
      table.add(row("`tare check PID --max net=1KB`", pid, tare, RefusedTest::check));
      table.add(row("`tare ps`, its row", pid, tare, RefusedTest::ps));
      table.add(row("`tare ps --weigh`, its row", pid, tare, RefusedTest::weighed));
      table.add(row("`tare who PID`", pid, tare, RefusedTest::who));
      table.add(row("`tare capture PID`", pid, tare, RefusedTest::capture));
      table.add(row("`tare record PID --for 1s`", pid, tare, RefusedTest::recorded));
      table.add(row("`tare run -- sh -c 'exit 7'`", pid, tare, RefusedTest::run));
      assertThat(page()).as("the table in docs/safety.md").contains(String.join("\n", table));
    } finally {
      target.destroyForcibly().waitFor();
      deleteLinks(folder.resolve("proc"));
    }
  }

  private static boolean anotherUserReadsTheClasses() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c",
            "for one; do test -r \"$one\" || exit 1; done", "sh"));
    for (String entry : System.getProperty("java.class.path").split(":")) {
      if (entry.endsWith("/classes") || entry.contains("/tare-")) {
        command.add(entry);
      }
    }
    return TareProcess.other(command.toArray(String[]::new)) == 0;
  }

  private static String row(String command, String pid, TareProcess tare, Row row)
      throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder("| ").append(command).append(" |");
    for (String reader : READERS) {
      line.append(' ').append(row.cell(tare, reader, pid)).append(" |");
    }
    return line.toString();
  }

  private static String ledger(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    Ended ended = tare.run(reader, pid);
    if (ended.err().contains(NOT_THERE)) {
      return ended.code() + ": not seen; root named";
    }
    String first = ended.out().lines().findFirst().orElse("");
    assertThat(ended.out()).as("never without knowing")
        .doesNotContain(ended.code() == 3 ? "Nothing stands out" : "SYS_PTRACE");
    String net = ended.out().contains("net and tare: not known") ? "net not known" : "net a range";
    return ended.code() + (first.contains("could not be read") ? ": said first; " + net : ": weighed");
  }

  private static String check(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    Ended ended = tare.run(reader, "check", pid, "--max", "net=1KB");
    if (ended.err().contains(NOT_THERE)) {
      return ended.code() + ": not seen; root named";
    }
    String told = ended.out().toLowerCase(Locale.ROOT);
    return ended.code() + ": "
        + List.of("cannot tell", "broken", "kept").stream().filter(told::contains).findFirst().orElse(told);
  }

  private static String who(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    Ended ended = tare.run(reader, "who", pid);
    if (ended.err().contains(NOT_THERE)) {
      return ended.code() + ": not seen; root named";
    }
    return ended.code() + ": " + (ended.out().contains("could not be read")
        ? "could not be read; capability named"
        : ended.out().contains("and this is native") ? "no runtime that counts" : ended.out());
  }

  private static String ps(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    return ps(tare.run(reader, "ps", "--format", "json"), pid, "refused");
  }

  private static String weighed(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    // One process alone: its own folder of /proc, as any other --proc.
    return ps(tare.run(reader, "ps", "--weigh", "--format", "json", "--proc", oneProcess(pid, tare)), pid,
        "could not be read");
  }

  private static String oneProcess(String pid, TareProcess tare) throws IOException {
    Path proc = tare.folder().resolve("proc");
    if (!Files.exists(proc)) {
      Files.createDirectory(proc);
      for (String name : List.of(pid, "self", "meminfo", "uptime")) {
        Files.createSymbolicLink(proc.resolve(name), Path.of("/proc").resolve(name));
      }
    }
    return proc.toString();
  }

  private static void deleteLinks(Path proc) throws IOException {
    if (Files.exists(proc)) {
      try (Stream<Path> links = Files.list(proc)) {
        for (Path link : links.toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private static String ps(Ended ended, String pid, String refusal) {
    String row = ended.out().lines().filter(line -> line.contains("\"pid\": " + pid + ",")).findFirst().orElse("");
    if (row.isEmpty()) {
      return ended.code() + ": no row";
    }
    assertThat(row).as("%s", ended).contains("\"rssBytes\"");
    String net = !row.contains("netBytes")
        ? "net not known"
        : row.contains("\"netLeastBytes\": 0,") ? "net at most" : "net a range";
    return ended.code() + ": " + net + (row.contains(refusal) ? ", refusal said" : "");
  }

  private static String capture(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    Path file = tare.folder().resolve("x.tare");
    Ended ended = tare.run(reader, "capture", pid, "-o", file.toString());
    if (ended.err().contains(NOT_THERE)) {
      assertThat(file).doesNotExist();
      return ended.code() + ": not seen; root named";
    }
    assertThat(file).as("%s", ended).exists();
    Files.delete(file);
    return ended.code() + (ended.err().contains("missing in the file: ") ? ": says what is missing" : ": whole");
  }

  private static String recorded(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    Path file = tare.folder().resolve("x.tarerec");
    Ended ended = tare.run(reader, "record", pid, "--for", "1s", "-o", file.toString());
    if (ended.err().contains(NOT_THERE)) {
      assertThat(file).doesNotExist();
      return ended.code() + ": not seen; root named";
    }
    Ended story = tare.run(reader, file.toString());
    Files.delete(file);
    return ended.code() + ": recorded, " + (story.out().contains(", 0 ledgers") ? "without ledgers" : "with ledgers");
  }

  /** A program that the reader starts is the reader's own. */
  private static String run(TareProcess tare, String reader, String pid) throws IOException, InterruptedException {
    Path file = tare.folder().resolve("run.tarerec");
    Ended ended = tare.run(reader, "run", "-o", file.toString(), "--", "sh", "-c", "exit 7");
    assertThat(file).as("%s", ended).exists();
    Files.delete(file);
    return ended.code() + ": the program's own";
  }

  private static String page() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("docs/safety.md"))) {
      at = at.getParent();
    }
    return Files.readString(at.resolve("docs/safety.md"));
  }
}
