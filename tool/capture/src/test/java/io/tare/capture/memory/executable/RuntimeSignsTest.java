package io.tare.capture.memory.executable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.RuntimeKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which runtime a process carries, by its libraries, its executable's name and what is in that file. */
class RuntimeSignsTest {
  private static final int CONTENT_AT = 0x1000;
  private static final long ADDRESS = 0x40_0000;
  private static final int SECTIONS_AT = 0x3000;
  private static final int NAMES_AT = 0x3800;
  private static final byte[] BUILD_INFO = "\u00ff Go buildinf:\u0008".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir
  private Path folder;

  /** An executable of one segment; its bytes can be set as long as it was not asked about. */
  private final ByteBuffer file = ByteBuffer.allocate(0x4000).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x464c457f)
      .put(4, (byte) 2).put(5, (byte) 1).putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1)
      .putInt(64, 1).putLong(72, CONTENT_AT).putLong(80, ADDRESS).putLong(96, 0x1800).putLong(104, 0x1800);

  private void section(String name, int at) {
    byte[] names = ("\0" + name + "\0.names\0").getBytes(StandardCharsets.ISO_8859_1);
    file.putLong(40, SECTIONS_AT).putShort(58, (short) 64).putShort(60, (short) 2).putShort(62, (short) 1)
        .putInt(SECTIONS_AT, 1).putLong(SECTIONS_AT + 24, at).putLong(SECTIONS_AT + 32, 256)
        .putInt(SECTIONS_AT + 64, name.length() + 2).putLong(SECTIONS_AT + 64 + 24, NAMES_AT)
        .putLong(SECTIONS_AT + 64 + 32, names.length).put(NAMES_AT, names);
  }

  private void buildInfo(int at, String version) {
    file.put(at, BUILD_INFO).put(at + 15, (byte) 2).put(at + 32, (byte) version.length()).put(at + 33,
        version.getBytes(StandardCharsets.ISO_8859_1));
  }

  private RuntimeKind kind(String program, String... mapped) throws IOException {
    Files.write(folder.resolve("exe"), file.array());
    return RuntimeSigns.of(folder, program, Set.of(mapped));
  }

  private Optional<String> version() throws IOException {
    Files.write(folder.resolve("exe"), file.array());
    return ExecutableFile.read(folder).value().fact("go");
  }

  @Test
  void goIsToldByItsBuildInfoWhichCarriesTheVersion() throws IOException {
    assertThat(kind("/opt/server", "/opt/server")).isEqualTo(RuntimeKind.NATIVE);
    section(".go.buildinfo", CONTENT_AT);
    buildInfo(CONTENT_AT, "go1.27.3");
    assertThat(kind("/opt/server", "/opt/server")).isEqualTo(RuntimeKind.GO);
    assertThat(version()).contains("go1.27.3");
  }

  @Test
  void aBuildInfoThatIsCutOffIsStillGos() throws IOException {
    section(".go.buildinfo", CONTENT_AT);
    buildInfo(CONTENT_AT, "");
    assertThat(version()).contains("unknown");
    file.put(CONTENT_AT + 32, (byte) 255);
    assertThat(version()).contains("unknown");
  }

  @Test
  void aSectionOfThatNameWithoutTheMarkIsNotGos() throws IOException {
    section(".go.buildinfo", CONTENT_AT);
    assertThat(version()).isEmpty();
    assertThat(kind("/opt/server", "/opt/server")).isEqualTo(RuntimeKind.NATIVE);
  }

  /** As Go 1.17 and earlier wrote it. */
  @Test
  void aBuildInfoThatPointsToTheVersionIsFollowed() throws IOException {
    section(".go.buildinfo", CONTENT_AT);
    file.put(CONTENT_AT, BUILD_INFO).putLong(CONTENT_AT + 16, ADDRESS + 64).putLong(CONTENT_AT + 64, ADDRESS + 128)
        .putLong(CONTENT_AT + 72, 8).put(CONTENT_AT + 128, "go1.15.9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(version()).contains("go1.15.9");
    file.putLong(CONTENT_AT + 72, 1L << 40);
    assertThat(version()).contains("unknown");
    file.putLong(CONTENT_AT + 72, 8).putLong(CONTENT_AT + 64, 1L << 60);
    assertThat(version()).contains("unknown");
  }

  @ParameterizedTest
  @CsvSource({".gopclntab", ".data.rel.ro.gopclntab", ".go.module"})
  void withoutABuildInfoTheTableOfFunctionsTells(String section) throws IOException {
    section(section, CONTENT_AT);
    assertThat(kind("/opt/server", "/opt/server")).isEqualTo(RuntimeKind.GO);
    assertThat(version()).contains("unknown");
  }

  @Test
  void aFileWithoutSectionsIsSearchedForBoth() throws IOException {
    file.putLong(CONTENT_AT + 0x500, 0x0801_0000_ffff_fff1L);
    assertThat(kind("/opt/server", "/opt/server")).isEqualTo(RuntimeKind.GO);
    assertThat(version()).contains("unknown");
    buildInfo(CONTENT_AT + 0x700, "go1.26.1");
    assertThat(version()).contains("go1.26.1");
  }

  @Test
  void aGraalVmImageIsToldByTheHeapInItsFile() throws IOException {
    section(".svm_heap", CONTENT_AT);
    assertThat(kind("/opt/server", "/opt/server")).isEqualTo(RuntimeKind.NATIVE_IMAGE);
  }

  @ParameterizedTest
  @CsvSource({"/jdk/lib/server/libjvm.so, HOTSPOT", "/jdk/lib/server/libjvm.so (deleted), HOTSPOT",
      "/usr/lib/libpython3.11.so.1.0, CPYTHON", "/usr/share/dotnet/libcoreclr.so, DOTNET",
      "/usr/lib/libnode.so.115, V8", "/usr/lib/libruby-3.1.so.3.1.2, RUBY", "/usr/lib/apache2/modules/libphp8.so, PHP",
      "/usr/lib/libjvmlike.so, NATIVE"})
  void aRuntimesLibraryTellsWhateverTheProgramIsCalled(String library, RuntimeKind kind) throws IOException {
    assertThat(kind("/opt/server", "/opt/server", library)).isEqualTo(kind);
  }

  @Test
  void openJ9IsNotTakenForHotSpotThoughItBringsALibraryOfThatName() throws IOException {
    assertThat(kind("/jdk/bin/java", "/jdk/bin/java", "/jdk/lib/default/libjvm.so", "/jdk/lib/default/libj9vm29.so"))
        .isEqualTo(RuntimeKind.OPENJ9);
  }

  @ParameterizedTest
  @CsvSource({"python3.13, CPYTHON", "node, V8", "ruby3.1, RUBY", "php-fpm8.2, PHP", "php8.2, PHP", "beam.smp, BEAM",
      "dotnet, DOTNET", "mariadbd, MARIADB", "mysqld, MYSQL", "mysqld_safe, NATIVE", "mariadb, NATIVE", "nodes, NATIVE",
      "java, NATIVE"})
  void aProgramOfThatNameIsTheRuntime(String name, RuntimeKind kind) throws IOException {
    assertThat(kind("/usr/bin/" + name, "/usr/bin/" + name)).isEqualTo(kind);
  }

  @Test
  void aLauncherIsAJvmWhereItsLibrariesCanNotBeSeen() throws IOException {
    assertThat(kind("/jdk/bin/java")).isEqualTo(RuntimeKind.HOTSPOT);
    assertThat(List.of("java", "nginx")).extracting(RuntimeSigns::byName).containsExactly(
        Optional.of(RuntimeKind.HOTSPOT), Optional.empty());
  }
}
