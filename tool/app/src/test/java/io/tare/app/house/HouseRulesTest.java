package io.tare.app.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines of the house that Maven's modules can't draw. */
class HouseRulesTest {
  /** How a file is opened for reading. */
  private static final Set<String> OPENING = Set.of("newInputStream", "newByteChannel", "newBufferedReader",
      "readString",
      "readAllBytes", "readAllLines", "lines", "open");
  /** How a file is made, filled, moved or given away. */
  private static final Set<String> WRITING = Set.of("write", "writeString", "newOutputStream", "newBufferedWriter",
      "copy",
      "move", "setOwner", "setAttribute", "setPosixFilePermissions", "createFile", "createLink", "createSymbolicLink");

  /**
   * Who may open files without the door: readers of the kernel's own files, whose kind nobody can change, and of files that the user has
   * named.
   */
  private static final Set<String> OPENERS = Set.of(
      // the kernel's files
      "capture.proc.FileRead", "capture.proc.Pagemap", "capture.proc.ProcessFolder",
      "capture.sample.HeldFile", "capture.memory.LiveMemory", "capture.memory.pthread.TaskIds",
      "history.live.Clocks", "history.live.SteadyClock", "heap.store.Sections", "app.time.MetricsPage",
      // what the user has named
      "capture.file.CaptureReader", "history.live.RecordingFiles", "history.live.MarkSource", "app.operand.Operand",
      "app.operand.LogFiles", "app.operand.NamedText", "app.who.Profiles", "app.who.SourceFolder",
      "heap.hprof.DumpFile", "capture.dumped.CoreFile",
      // the dump or recording that the target writes, and its copy
      "app.heap.DumpMove", "app.who.Asked",
      // unlinked as soon as it is made
      "heap.hprof.Gzip", "heap.store.Storage");

  /**
   * Who may write without the door: the copy of a dump, which has its own progress; limits into the kernel's control groups; the folder that stands for
   * {@code /proc/PID} of a core file, in a new one that only its owner may enter.
   */
  private static final Set<String> WRITERS = Set.of("app.heap.DumpMove", "app.who.Asked", "app.trial.MemoryGroup",
      "capture.CoreCapturer");

  /** One of them is package-info. */
  private static final int MOST_IN_A_PACKAGE = 26;

  private static final JavaClasses TOOL = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.tare.model", "io.tare.formats", "io.tare.capture", "io.tare.ledger", "io.tare.report",
          "io.tare.history", "io.tare.trial", "io.tare.profile", "io.tare.app");
  private static final JavaClasses WITH_HEAP = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.tare.model", "io.tare.formats", "io.tare.capture", "io.tare.ledger", "io.tare.report",
          "io.tare.history", "io.tare.trial", "io.tare.profile", "io.tare.app", "io.tare.heap");

  @Test
  void onlyCaptureTheRecorderAndTheCommandTouchFilesProcessesAndSockets() {
    noClasses().that().resideOutsideOfPackages("io.tare.capture..", "io.tare.history.live..", "io.tare.app..").should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..").orShould().dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile)|java\\.lang\\.(ProcessBuilder|ProcessHandle)")
        .check(TOOL);
  }

  @Test
  void whatIsPureReadsNoClock() {
    noClasses().that().resideOutsideOfPackages("io.tare.capture..", "io.tare.history.live..", "io.tare.app..").should()
        .callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime").orShould()
        .callMethod(java.time.Instant.class, "now").check(TOOL);
  }

  @Test
  void nativeCallsStandInOnePlace() {
    noClasses().that().resideOutsideOfPackage("io.tare.capture.kernel..").should().dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker").check(TOOL);
  }

  /** What has a file's name when its owner is set need not be the file: a target renames, links and mounts in its folders. */
  @Test
  void nobodyGivesAFileAwayByItsName() {
    noClasses().should()
        .callMethod(Files.class, "setAttribute", Path.class, String.class, Object.class, LinkOption[].class).orShould()
        .callMethod(Files.class, "setOwner", Path.class, UserPrincipal.class).check(TOOL);
  }

  @Test
  void noTwoPackagesLeanOnEachOther() {
    SlicesRuleDefinition.slices().matching("io.tare.(**)").should().beFreeOfCycles().check(WITH_HEAP);
  }

  @Test
  void noPackageIsACrowd() {
    Map<String, Set<String>> files = WITH_HEAP.stream()
        .collect(Collectors.groupingBy(JavaClass::getPackageName,
            Collectors.mapping(type -> type.getSource().flatMap(Source::getFileName).orElse(""), Collectors.toSet())));
    assertThat(files).allSatisfy((name, all) -> assertThat(all).as(name).hasSizeLessThanOrEqualTo(MOST_IN_A_PACKAGE));
  }

  @Test
  void nobodyDoesCommonThingsInACornerCalledCommon() {
    noClasses().should().resideInAnyPackage("..util..", "..common..", "..core..", "..helper..").check(TOOL);
    classes().should().haveSimpleNameNotEndingWith("Impl").andShould().haveSimpleNameNotEndingWith("Manager")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper").check(TOOL);
  }

  @Test
  void onlyTheDoorToTheTerminalPrints() {
    noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err").check(WITH_HEAP);
    // A command that is run has its output handed on byte for byte; nothing of ours is in it.
    noClasses().that(areNot(Set.of("app.cli.Console", "app.time.RunCommand"))).should()
        .accessField(FileDescriptor.class, "out").orShould().accessField(FileDescriptor.class, "err")
        .check(WITH_HEAP);
    noClasses().should().dependOnClassesThat().areAssignableTo(PrintStream.class).check(WITH_HEAP);
  }

  @Test
  void onlyTheDoorWrites() {
    noClasses().that(areNot(WRITERS)).and().resideOutsideOfPackage("io.tare.capture.door..").should()
        .callMethodWhere(isOneOf(Files.class, WRITING)).check(WITH_HEAP);
    // A pipe of this process is no file.
    noClasses().that(areNot(Set.of("app.cli.Console", "app.time.RunCommand", "capture.kernel.Pipe"))).should()
        .dependOnClassesThat().areAssignableTo(FileOutputStream.class).orShould().dependOnClassesThat()
        .areAssignableTo(RandomAccessFile.class).orShould().dependOnClassesThat().areAssignableTo(FileWriter.class)
        .check(WITH_HEAP);
  }

  @Test
  void whoeverOpensFilesWithoutTheDoorIsListed() {
    noClasses().that(areNot(OPENERS)).and()
        .resideOutsideOfPackages("io.tare.capture.door..", "io.tare.capture.kernel..").should()
        .callMethodWhere(isOneOf(Files.class, OPENING)).orShould()
        .callMethodWhere(isOneOf(FileChannel.class, OPENING)).orShould().dependOnClassesThat()
        .areAssignableTo(FileInputStream.class).orShould().dependOnClassesThat().areAssignableTo(FileReader.class)
        .check(WITH_HEAP);
  }

  @Test
  void nobodyIsListedWhoDoesNotExist() {
    assertThat(WITH_HEAP.stream().map(JavaClass::getName).toList())
        .containsAll(Stream.concat(OPENERS.stream(), WRITERS.stream()).map(name -> "io.tare." + name).toList());
  }

  /** A class, and what stands inside it. */
  private static DescribedPredicate<JavaClass> areNot(Set<String> listed) {
    return DescribedPredicate.describe("are not listed", one -> listed.stream().map(name -> "io.tare." + name)
        .noneMatch(name -> one.getName().equals(name) || one.getName().startsWith(name + "$")));
  }

  private static DescribedPredicate<JavaMethodCall> isOneOf(Class<?> owner, Set<String> names) {
    return DescribedPredicate.describe("is one of " + owner.getSimpleName() + "." + names,
        call -> call.getTarget().getOwner().isEquivalentTo(owner) && names.contains(call.getTarget().getName()));
  }
}
