package io.tare.capture.memory.executable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.programs.NativeProgram;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.memory.ExecutableText;
import io.tare.model.AddressRange;
import io.tare.model.alloc.ExecutableFacts;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableFileTest {
  @TempDir
  private Path folder;

  private static ExecutableFacts factsOf(Path binary) throws IOException, NotThisFormat {
    try (NativeProgram program = NativeProgram.start(List.of(binary.toString(), "0", "0", "0", "0"))) {
      Parsed<ExecutableFacts> facts = ExecutableFile.read(program.folder());
      assertThat(facts.problems()).isEmpty();
      assertThat(ExecutableText.parse(ExecutableText.write(facts), ParseLimits.DEFAULT)).isEqualTo(facts);
      return facts.value();
    }
  }

  @Test
  void aDynamicProgramNamesItsLoaderAndItsLibrary() throws Exception {
    ExecutableFacts facts = factsOf(Toolchain.compileC(folder, "gcc", "threads"));
    assertThat(facts.facts()).containsEntry("class", "elf64").containsEntry("linking", "dynamic")
        .containsEntry("libc", "glibc").containsEntry("stripped", "false").doesNotContainKey("go");
    assertThat(facts.fact("interpreter").orElseThrow()).contains("ld-linux");
  }

  @Test
  void aStrippedStaticProgramIsStillKnownToBeGlibcs() throws Exception {
    ExecutableFacts facts = factsOf(Toolchain.compileC(folder, "gcc", "threads", "-static", "-s"));
    assertThat(facts.facts()).containsEntry("linking", "static").containsEntry("libc", "glibc").containsEntry(
        "stripped",
        "true");
  }

  @Test
  void muslIsToldByItsLoader() throws Exception {
    assertThat(factsOf(Toolchain.compileC(folder, "musl-gcc", "threads")).fact("libc")).contains("musl");
  }

  @Test
  void anAllocatorThatIsMappedComesBeforeTheCLibrarys() {
    assertThat(Allocators.ofLibraries(libraries("/usr/lib/libc.so.6", "/usr/lib/libjemalloc.so.2")))
        .contains("jemalloc");
    assertThat(Allocators.ofLibraries(libraries("/usr/lib/libtcmalloc_minimal.so.4", "/usr/lib/libc.so.6")))
        .contains("tcmalloc");
    assertThat(Allocators.ofLibraries(libraries("/lib/ld-musl-x86_64.so.1"))).contains("musl");
    assertThat(Allocators.ofLibraries(libraries("/usr/lib/libc-2.31.so"))).contains("glibc");
    assertThat(Allocators.ofLibraries(libraries("/usr/bin/unrelated"))).isEmpty();
  }

  private static Smaps libraries(String... names) {
    return new Smaps(Stream.of(names).map(name -> new Mapping(new AddressRange(4096, 8192), "r-xp", 0, "fe:00", 7, name,
        MappingBytes.NONE, "")).toList());
  }
}
