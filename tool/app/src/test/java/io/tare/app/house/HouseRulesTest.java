package io.tare.app.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;

/** The lines of the house that Maven's modules can't draw. */
class HouseRulesTest {
  private static final JavaClasses TOOL = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.tare.model", "io.tare.formats", "io.tare.capture", "io.tare.reconcile", "io.tare.report",
          "io.tare.history", "io.tare.app");

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
  void nobodyDoesCommonThingsInACornerCalledCommon() {
    noClasses().should().resideInAnyPackage("..util..", "..common..", "..core..", "..helper..").check(TOOL);
    classes().should().haveSimpleNameNotEndingWith("Impl").andShould().haveSimpleNameNotEndingWith("Manager")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper").check(TOOL);
  }

  @Test
  void onlyTheCommandPrints() {
    noClasses().that().resideOutsideOfPackage("io.tare.app..").should().accessField(System.class, "out").orShould()
        .accessField(System.class, "err").check(TOOL);
  }
}
