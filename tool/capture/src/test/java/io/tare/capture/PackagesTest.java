package io.tare.capture;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** One direction through the packages: the kernel, the door, {@code /proc}, what is read from memory, asking, and the reading on top. */
class PackagesTest {
  private static final JavaClasses CAPTURE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.tare.capture");

  @Test
  void noPackageLeansOnOneThatLeansOnIt() {
    slices().matching("io.tare.(**)").should().beFreeOfCycles().check(CAPTURE);
  }

  @Test
  void everyFloorLeansOnLowerOnesOnly() {
    layeredArchitecture().consideringOnlyDependenciesInAnyPackage("io.tare.capture..")
        .layer("kernel").definedBy("io.tare.capture.kernel..")
        .layer("door").definedBy("io.tare.capture.door..")
        .layer("proc").definedBy("io.tare.capture.proc..")
        .layer("cgroup").definedBy("io.tare.capture.cgroup..")
        .layer("memory").definedBy("io.tare.capture.memory..")
        .layer("attach").definedBy("io.tare.capture.attach..")
        .layer("uses").definedBy("io.tare.capture.dump..", "io.tare.capture.sample..", "io.tare.capture.glance..",
            "io.tare.capture.marks..")
        .layer("file").definedBy("io.tare.capture.file..")
        .layer("reading").definedBy("io.tare.capture")
        .whereLayer("door").mayOnlyAccessLayers("kernel")
        .whereLayer("kernel").mayNotAccessAnyLayer()
        .whereLayer("proc").mayOnlyAccessLayers("kernel", "door")
        .whereLayer("cgroup").mayOnlyAccessLayers("kernel", "door", "proc")
        .whereLayer("memory").mayOnlyAccessLayers("kernel", "door")
        .whereLayer("attach").mayOnlyAccessLayers("kernel", "door", "proc")
        .whereLayer("uses").mayOnlyAccessLayers("kernel", "door", "proc", "cgroup", "memory", "attach")
        .whereLayer("file").mayOnlyAccessLayers("door").whereLayer("reading").mayNotBeAccessedByAnyLayer()
        .check(CAPTURE);
  }
}
