package io.tare.app.who;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Terminal;
import io.tare.capture.file.CaptureWriter;
import io.tare.formats.profile.PprofWriter;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tare who FILE}: whose it is, its lines, its threads and types, and what is said of files that are none. */
class WhoFilesTest {
  @TempDir
  Path folder;
  private final Terminal terminal = new Terminal();

  private String file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private String profile() throws IOException {
    Frame load = new Frame("shop.cart.Cart.load", "Cart.java", 3);
    Frame main = new Frame("shop.Main.main", "Main.java", 9);
    return file("x.pb.gz", PprofWriter.write(new Profile(List.of(new ValueType("inuse_space", "bytes")),
        List.of(new Sample(List.of(load, main), List.of(3L << 20), Map.of("thread", "worker-1", "type", "byte[]")),
            new Sample(List.of(main), List.of(1L << 20), Map.of("thread", "main", "type", "shop.Order"))))));
  }

  @Test
  void theSubjectOfACaptureIsItsProcess() throws IOException {
    Path capture = counted("x.tare", "type objects=3 bytes=72 name=Order module=shop\n");
    assertThat(terminal.run("who", capture.toString())).isZero();
    assertThat(terminal.out()).startsWith("whose memory it is: orders, pid 4711\n").contains("shop.Order");
  }

  private Path counted(String name, String types) throws IOException {
    byte[] text = "census runtime=cpython truth=consistent one_in=1 unparsed=0 wall_ms=1 cpu_ms=1 read=1 attempts=1\n"
        .concat(types).getBytes(StandardCharsets.UTF_8);
    Path capture = folder.resolve(name);
    CaptureWriter.save(new Capture(new Target(4711, 1, "orders", RuntimeKind.CPYTHON), Instant.EPOCH, 1, List.of(),
        Map.of(ArtifactNames.CENSUS,
            Artifact.adopting(new Artifact.Label(ArtifactNames.CENSUS, Outcome.TAKEN, "", 1), text))),
        capture);
    return capture;
  }

  @Test
  void whatMovedIsToldByTypeWhereBothSidesWereCounted() throws IOException {
    String before = counted("a.tare", "type objects=3 bytes=72 name=Order module=shop\n"
        + "type objects=1 bytes=64 name=dict module=builtins\n").toString();
    String after = counted("b.tare", "type objects=1003 bytes=24072 name=Order module=shop\n"
        + "type objects=1 bytes=64 name=dict module=builtins\n").toString();
    assertThat(terminal.run("diff", before, after)).isZero();
    assertThat(terminal.out()).endsWith("""
        WHOSE IT IS  by type, also what nobody needs any more
                 BYTES      OBJECTS  TYPE
              +23.4 KB        +1000  shop.Order
        """);
    Terminal again = new Terminal();
    assertThat(again.run("diff", before, before)).isZero();
    assertThat(again.out()).doesNotContain("WHOSE IT IS");
  }

  @Test
  void theLinesOfAFunctionAreShownWithTheirText() throws IOException {
    Files.createDirectories(folder.resolve("src/shop/cart"));
    Files.writeString(folder.resolve("src/shop/cart/Cart.java"),
        "package shop.cart;\nvoid load() {\n  all = read();\n}\n");
    assertThat(terminal.run("who", profile(), "--list", "load", "--source", folder.resolve("src").toString())).isZero();
    assertThat(terminal.out())
        .contains("shop.cart.Cart.load  Cart.java\n   3.00 MB   3.00 MB         3    all = read();\n")
        .doesNotContain("Main");
  }

  @Test
  void withoutSourcesTheLinesAreToldAndThatTheTextIsMissing() throws IOException {
    assertThat(terminal.run("who", profile(), "--list", "load")).isZero();
    assertThat(terminal.out()).contains("3.00 MB   3.00 MB         3", "--source DIR says where it is");
  }

  /** A profile may name any file: nothing outside of the folder is read. */
  @Test
  void noFileOutsideOfTheFolderIsShown() throws IOException {
    file("secret.go", "the secret\n".getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(folder.resolve("src"));
    Files.createSymbolicLink(folder.resolve("src/link.go"), folder.resolve("secret.go"));
    for (String named : List.of("../secret.go", "link.go", folder.resolve("secret.go").toString())) {
      String profile = file("x.pb.gz", PprofWriter.write(new Profile(List.of(new ValueType("inuse_space", "bytes")),
          List.of(new Sample(List.of(new Frame("main.f", named, 1)), List.of(5L))))));
      assertThat(terminal.run("who", profile, "--list", "f", "--source", folder.resolve("src").toString())).isZero();
    }
    assertThat(terminal.out()).contains("main.f").doesNotContain("the secret");
  }

  @Test
  void threadsAndTypesArePlacesAndTagsChooseStacks() throws IOException {
    assertThat(terminal.run("who", profile(), "--by", "type")).isZero();
    assertThat(terminal.out()).contains("3.00 MB  75.0 %   3.00 MB  75.0 %  byte[]", "shop.Order");
    assertThat(terminal.run("who", profile(), "--by", "package", "--tag", "thread=^worker")).isZero();
    assertThat(terminal.out()).contains("3.00 MB in all, by package", "shop.cart");
    assertThat(terminal.run("who", profile(), "--tag", "worker")).isEqualTo(2);
    assertThat(terminal.err()).contains("--tag worker is not of the form NAME=REGEX");
  }

  @Test
  void whatIsNoProfileIsToldWhatOneIs() throws IOException {
    assertThat(terminal.run("who", file("x.json", "{}".getBytes(StandardCharsets.UTF_8)))).isEqualTo(2);
    assertThat(terminal.err()).contains("is JSON, but neither a .heapprofile", "a profile is wanted: pprof, JFR");
    assertThat(terminal.run("who", file("x.jfr", new byte[] {'F', 'L', 'R', 0, 0, 2}))).isEqualTo(2);
    assertThat(terminal.err()).contains("x.jfr is no flight recording");
  }
}
