package io.tare.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

class GitHubTest {
  private static String line = "";
  private static Path sources = Path.of("");

  @Test
  void aFailureIsALineThatGitHubShowsAtTheTest(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("src/test/java/io/tare/junit/GitHubTest.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class GitHubTest {\n  @Test\n  void guarded() {}\n}\n");
    sources = folder;
    EngineTestKit.engine("junit-jupiter").selectors(selectClass(Guarded.class)).execute();
    assertThat(line).isEqualTo(
        "::error file=src/test/java/io/tare/junit/GitHubTest.java,line=3,title=Guarded.guarded::100%25 too much%0A  of it");
  }

  @Test
  void itIsWrittenOnlyWhereItIsAskedFor(TestInfo info) {
    String before = System.getProperty("tare.github", "");
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setProperty("tare.github", "on");
      EngineTestKit.engine("junit-jupiter").selectors(selectClass(Allocating.class)).execute();
      System.setProperty("tare.github", "off");
      EngineTestKit.engine("junit-jupiter").selectors(selectClass(Allocating.class)).execute();
    } finally {
      System.setOut(out);
      System.setProperty("tare.github", before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines()).as(info.getDisplayName()).singleElement().asString()
        .contains("title=Allocating.allocates::living objects grew by").contains(", limit 1.0 MB%0A  byte[]");
  }

  static class Guarded {
    @Test
    @ExtendWith(Telling.class)
    void guarded() {}
  }

  static class Allocating {
    private static byte[] kept = new byte[0];

    @Test
    @MaxHeap("1 MB")
    void allocates() {
      kept = new byte[Math.max(5_000_000, kept.length)];
    }
  }

  static final class Telling implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      line = GitHub.line(context, "100% too much\n  of it\n", sources);
    }
  }
}
