package io.tare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {
  @Test
  void theModuleNeedsNothingButTheJdkAtRunTime() throws URISyntaxException {
    Path classes = Path.of(MemoryStats.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleDescriptor module = ModuleFinder.of(classes).find("io.tare.probe").orElseThrow().descriptor();
    assertThat(module.requires().stream().filter(required -> !required.modifiers().contains(Modifier.STATIC))
        .map(ModuleDescriptor.Requires::name).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("java.base", "java.management", "jdk.management");
    assertThat(module.exports()).isNotEmpty().noneMatch(ModuleDescriptor.Exports::isQualified);
  }
}
