package io.tare.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The lines of this part of the house. */
class FleetRulesTest {
  private static final JavaClasses FLEET = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .withImportOption(place -> !place.contains("fleet-test")).importPackages("io.tare.fleet");

  @Test
  void noTwoPackagesLeanOnEachOther() {
    SlicesRuleDefinition.slices().matching("io.tare.fleet.(*)..").should().beFreeOfCycles().check(FLEET);
  }

  /** A node has no room for a database. */
  @Test
  void theAgentDoesNotKnowTheDatabase() {
    ArchRuleDefinition.noClasses().that().resideInAPackage("io.tare.fleet.agent..").should().dependOnClassesThat()
        .resideInAnyPackage("org.duckdb..", "java.sql..", "io.tare.fleet.store..", "io.tare.fleet.ask..").check(FLEET);
  }

  @Test
  void nothingBelowKnowsTheFleet() {
    JavaClasses below = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("io.tare.app", "io.tare.history", "io.tare.report", "io.tare.ledger");
    assertThat(below).extracting(JavaClass::getName).contains("io.tare.app.Main");
    ArchRuleDefinition.noClasses().that().resideOutsideOfPackage("io.tare.fleet..").should().dependOnClassesThat()
        .resideInAnyPackage("io.tare.fleet..", "org.duckdb..").check(below);
  }
}
