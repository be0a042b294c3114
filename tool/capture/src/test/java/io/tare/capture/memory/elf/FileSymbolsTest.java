package io.tare.capture.memory.elf;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.memory.programs.Toolchain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSymbolsTest {
  private static final Set<String> NAMES = Set.of("first_variable", "second_variable");

  @TempDir
  Path folder;

  @Test
  void aFileIsReadOnceAndAReplacedOneAnew() throws Exception {
    Path file = folder.resolve("program");
    Files.copy(program("first", "int first_variable = 1; int main(void) { return 0; }"), file);
    FileSymbols first = symbols(file, NAMES);
    assertThat(first.symbols()).containsOnlyKeys("first_variable");
    assertThat(symbols(file, NAMES)).isSameAs(first);
    assertThat(symbols(file, Set.of("second_variable")).symbols()).isEmpty();

    Files.copy(program("second", "int second_variable = 1; int main(void) { return 0; }"), file,
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(symbols(file, NAMES).symbols()).containsOnlyKeys("second_variable");
  }

  private static FileSymbols symbols(Path path, Set<String> names) throws Exception {
    try (ForeignFile file = ForeignFile.behind(path, ForeignFile.Expect.ANYBODYS)) {
      return FileSymbols.of(file, names);
    }
  }

  private Path program(String name, String source) throws Exception {
    Path code = Files.writeString(folder.resolve(name + ".c"), source);
    Path program = folder.resolve(name);
    Toolchain.run(List.of(Toolchain.require("gcc"), "-o", program.toString(), code.toString()), folder);
    return program;
  }
}
