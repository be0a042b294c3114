package io.tare.yaml;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The lines of the house that Maven's modules can't draw. */
class HouseRulesTest {
  @Test
  void noTwoPackagesLeanOnEachOther() {
    SlicesRuleDefinition.slices().matching("io.tare.(**)").should().beFreeOfCycles()
        .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tare.yaml"));
  }
}
