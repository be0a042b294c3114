package io.tare.capture.memory.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.capture.door.ForeignFile;
import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Symbols of the library that runs this test, against what the dynamic loader says. */
class ElfSymbolsTest {
  private static final String TABLE = "gHotSpotVMStructs";
  private static final Path SELF = Path.of("/proc/self");
  private static final Path LIBRARY = Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so");

  @TempDir
  Path folder;

  private static ForeignFile open(Path path) throws IOException {
    return ForeignFile.behind(path, ForeignFile.Expect.ANYBODYS);
  }

  private static List<Mapping> ownLibrary(Smaps smaps) {
    return smaps.mappings().stream().filter(mapping -> mapping.name().endsWith("/libjvm.so")).toList();
  }

  private static long addressByLoader() {
    return SymbolLookup.libraryLookup(LIBRARY, Arena.global()).find(TABLE).orElseThrow().address();
  }

  @Test
  void aVariableIsWhereTheLoaderSaysItIs() throws Exception {
    try (ForeignFile file = open(LIBRARY)) {
      ElfSymbols symbols = ElfSymbols.of(file);
      Map<String, Long> found = symbols.lookup(Set.of(TABLE, "gNoSuchThing", "x"));
      assertThat(found).containsOnlyKeys(TABLE);
      long bias = symbols.loadBias(ownLibrary(Mappings.of(SELF))).orElseThrow();
      assertThat(bias + found.get(TABLE)).isEqualTo(addressByLoader());
      assertThat(symbols.section(".dynsym")).isPresent();
      assertThat(symbols.section(".nonesuch")).isEmpty();
    }
  }

  @Test
  void aFileThatIsGoneIsReadFromMemory() throws Exception {
    Smaps smaps = Mappings.of(SELF);
    long start = ownLibrary(smaps).getFirst().range().start();
    try (LiveMemory memory = LiveMemory.open(SELF, ReadBudget.DEFAULT);
        FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), SELF)) {
      assertThat(MemorySymbols.lookup(complete, start, Set.of(TABLE)))
          .containsExactly(Map.entry(TABLE, addressByLoader()));
    }
  }

  @Test
  void aTextIsNoElfFile() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "#!/bin/sh\n".repeat(20));
    try (ForeignFile file = open(text)) {
      assertThatThrownBy(() -> ElfSymbols.of(file)).isInstanceOf(NotThisFormat.class);
    }
  }

  @Test
  void aFileThatIsCutOffKeepsItsSegments() throws Exception {
    byte[] start = new byte[4096];
    try (var in = Files.newInputStream(LIBRARY)) {
      assumeTrue(in.readNBytes(start, 0, start.length) == start.length, "a whole page of the library");
    }
    Path cut = Files.write(folder.resolve("cut.so"), start);
    try (ForeignFile file = open(cut)) {
      ElfSymbols symbols = ElfSymbols.of(file);
      assertThat(symbols.segments()).isNotEmpty();
      assertThat(symbols.lookup(Set.of(TABLE))).isEmpty();
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    byte[] start = Arrays.copyOf(Files.readAllBytes(LIBRARY), 4096);
    return Stream.of(start, Arrays.copyOf(start, 100), new byte[64]);
  }

  @FuzzTest
  @MethodSource("seeds")
  void anyBytesAreReadOrRefused(byte[] content) throws IOException {
    Path path = Files.createTempFile("tare-elf", ".so");
    try {
      Files.write(path, content);
      try (ForeignFile file = open(path)) {
        assertThat(ElfSymbols.of(file).lookup(Set.of(TABLE)).size()).isLessThanOrEqualTo(1);
      } catch (NotThisFormat expected) {
        assertThat(expected).hasMessageContaining("ELF");
      }
    } finally {
      Files.delete(path);
    }
  }
}
