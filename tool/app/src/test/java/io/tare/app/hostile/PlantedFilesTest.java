package io.tare.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.cli.ExitCode;
import io.tare.app.hostile.TareProcess.Ended;
import io.tare.history.live.RecordingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links, pipes and files of others where Tare writes: none is followed, none makes it wait, and it does its work all the same. */
@Tag("slow")
@Timeout(180)
class PlantedFilesTest {
  private static final int ANOTHER_USER = 12_345;
  private static final String SECRET = "this must stay as it is\n";

  @TempDir
  private Path folder;
  private Path victim = Path.of("");
  private TareProcess tare = new TareProcess(Path.of(""));
  private Process target;

  @BeforeEach
  void prepare() throws Exception {
    // Like /tmp: everybody may make files here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    victim = Files.writeString(folder.resolve("victim"), SECRET);
    tare = new TareProcess(folder);
    target = new ProcessBuilder("sleep", "300").start();
  }

  @AfterEach
  void end() {
    target.destroyForcibly();
  }

  private String pid() {
    return Long.toString(target.pid());
  }

  private Ended record(String before) throws Exception {
    return tare.run(before + "exec \"$@\"", "record", pid(), "-o", folder.resolve("x.tarerec").toString(), "--for",
        "600ms", "--interval", "100ms");
  }

  private void assertRecorded(Ended ended) throws Exception {
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.FINE);
    assertThat(RecordingFiles.open(folder.resolve("x.tarerec")).tracks().getFirst().samples().size()).isPositive();
    assertThat(victim).hasContent(SECRET.strip());
  }

  private static long user() throws IOException {
    return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
  }

  /** The folders in which the list of recorders is, and was. */
  private List<Path> listFolders() throws IOException {
    return List.of(folder.resolve("tare-" + user()), folder.resolve("tare_" + System.getProperty("user.name")));
  }

  private void plantListOfAnotherUser() throws Exception {
    assumeTrue(user() == 0, "only root can give a folder to another user: planted lists of recorders were not tried");
    for (Path planted : listFolders()) {
      Files.createDirectory(planted);
      Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.setAttribute(planted, "unix:uid", ANOTHER_USER);
    }
  }

  private String forEachList(String command) throws IOException {
    return "for list in " + String.join(" ", listFolders().stream().map(Path::toString).toList()) + "; do " + command
        + "; done; ";
  }

  @Test
  void aLinkInAnotherUsersListOfRecordersIsNotWrittenThrough() throws Exception {
    plantListOfAnotherUser();
    Ended ended = record(forEachList("ln -s " + victim + " $list/$$"));
    assertRecorded(ended);
    assertThat(ended.err()).contains("belongs to another user", "--recording");
  }

  @Test
  void aPipeInAnotherUsersListOfRecordersMakesNobodyWait() throws Exception {
    plantListOfAnotherUser();
    assertRecorded(record(forEachList("mkfifo $list/$$")));
  }

  @Test
  void aSecondNameOfAFileInAnotherUsersListOfRecordersIsNotWrittenTo() throws Exception {
    plantListOfAnotherUser();
    assertRecorded(record(forEachList("ln " + victim + " $list/$$")));
  }

  @Test
  void aListOfRecordersThatIsALinkIsNotFollowed() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    for (Path planted : listFolders()) {
      Files.createSymbolicLink(planted, elsewhere);
    }
    assertRecorded(record("ln -s " + victim + " " + elsewhere + "/$$; "));
  }

  @Test
  void aMarkIsNotSaidToARecordingThatAnotherUsersListNames() throws Exception {
    plantListOfAnotherUser();
    Files.createSymbolicLink(folder.resolve("fake.tarerec.marks"), victim);
    for (Path planted : listFolders()) {
      Files.writeString(planted.resolve(pid()), folder.resolve("fake.tarerec").toString());
    }
    Ended ended = tare.run("exec \"$@\"", "mark", "HERE");
    assertThat(ended.code()).isNotEqualTo(ExitCode.FINE);
    assertThat(ended.err()).doesNotContain("\tat ");
    assertThat(victim).hasContent(SECRET.strip());
  }

  @Test
  void whatIsNoEntryInOurOwnListIsNotSeen() throws Exception {
    for (Path list : listFolders()) {
      Files.createDirectory(list, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(list.resolve("1abc"), "/somewhere");
      Files.createSymbolicLink(list.resolve("1"), victim);
      assertThat(TareProcess.other("mkfifo", list.resolve(pid()).toString())).isZero();
    }
    Ended ended = tare.run("exec \"$@\"", "mark", "HERE");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("nothing is being recorded now").doesNotContain("\tat ");
  }

  @Test
  void aMarksFileThatIsALinkASecondNameOrAPipeIsLeftAlone() throws Exception {
    Path marks = folder.resolve("x.tarerec.marks");
    for (String plant : List.of("ln -s " + victim, "ln " + victim, "mkfifo")) {
      Ended ended = record(plant + " " + marks + "; ");
      assertRecorded(ended);
      assertThat(ended.err()).as(plant).contains("'tare mark' is not heard");
      Ended mark = tare.run("exec \"$@\"", "mark", "HERE", "--recording", folder.resolve("x.tarerec").toString());
      assertThat(mark.code()).as(plant).isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(victim).hasContent(SECRET.strip());
      assertThat(Files.exists(marks, LinkOption.NOFOLLOW_LINKS)).as("not ours to remove").isTrue();
      Files.delete(marks);
      Files.delete(folder.resolve("x.tarerec"));
    }
  }

  @Test
  void aRecordingThatIsALinkASecondNameOrAPipeIsNotBegun() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    for (String plant : List.of("ln -s " + empty, "ln -s " + folder.resolve("none"), "ln " + empty, "mkfifo")) {
      Ended ended = record(plant + " " + folder.resolve("x.tarerec") + "; ");
      assertThat(ended.code()).as(plant).isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(ended.err()).startsWith("tare: ").doesNotContain("\tat ");
      assertThat(empty).as(plant).isEmptyFile();
      assertThat(folder.resolve("none")).doesNotExist();
      Files.delete(folder.resolve("x.tarerec"));
    }
  }

  @Test
  void aReportReplacesALinkAndDoesNotWriteThroughIt() throws Exception {
    for (String option : List.of("-o", "--junit")) {
      Path report = Files.createSymbolicLink(folder.resolve("report.xml"), victim);
      List<String> words = new java.util.ArrayList<>(List.of("check", pid(), "--max", "rss=1TB", option,
          report.toString()));
      words.addAll(option.equals("-o") ? List.of("--format", "text") : List.of());
      Ended ended = tare.run("exec \"$@\"", words.toArray(String[]::new));
      assertThat(ended.err()).doesNotContain("\tat ");
      assertThat(victim).as(option).hasContent(SECRET.strip());
      assertThat(Files.isRegularFile(report, LinkOption.NOFOLLOW_LINKS)).as(option).isTrue();
      Files.delete(report);
    }
  }

  @Test
  void aPipeThatNobodyReadsIsGivenUpAfterAMoment() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(TareProcess.other("mkfifo", pipe.toString())).isZero();
    Ended ended = tare.run("exec timeout 30 \"$@\"", pid(), "-o", pipe.toString());
    assertThat(ended.code()).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(ended.err()).contains("nobody answers");
  }

  @Test
  void aPipeThatIsReadAndTheDescriptorsOfTheShellAreWrittenTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    Path heard = folder.resolve("heard");
    assertThat(TareProcess.other("mkfifo", pipe.toString())).isZero();
    Ended ended = tare.run("cat " + pipe + " > " + heard + " & \"$@\"; code=$?; wait; exit $code", pid(), "-o",
        pipe.toString());
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.FINE);
    assertThat(heard).content().contains("LEDGER");
    // Not /dev/stdout itself: a broken build that root tests would put a file in its place.
    assertThat(tare.run("exec \"$@\"", pid(), "-o", "/proc/self/fd/1").out()).contains("LEDGER");
    assertThat(tare.run("\"$@\" 3>&1", pid(), "-o", "/dev/fd/3").out()).contains("LEDGER");
  }

  @Test
  void reportsAreReadableAsTheUmaskSaysAndCapturesByTheirOwnerOnly() throws Exception {
    Path report = folder.resolve("report.txt");
    tare.run("umask 022; exec \"$@\"", pid(), "-o", report.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report))).isEqualTo("rw-r--r--");
    tare.run("umask 077; exec \"$@\"", pid(), "-o", report.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report))).isEqualTo("rw-------");
    Path capture = folder.resolve("x.tare");
    tare.run("umask 022; exec \"$@\"", "capture", pid(), "-o", capture.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(capture))).isEqualTo("rw-------");
  }

  @Test
  void anEndingThatNoReportHasIsUsage() throws Exception {
    Ended ended = tare.run("exec \"$@\"", pid(), "-o", folder.resolve("x.pdf").toString());
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("x.pdf", ".html", ".json", "--format");
    assertThat(folder.resolve("x.pdf")).doesNotExist();
    assertThat(tare.run("exec \"$@\"", pid(), "-o", folder.resolve("x.pdf").toString(), "--format", "text").code())
        .isEqualTo(ExitCode.FINE);
  }
}
