package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.ArenaGrowth;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.basis.YamlOptions.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a file or a caller does ends the JVM, hangs it or fills its memory. */
class SafetyTest {
  @Test
  void everyUseAfterCloseIsRefused() {
    for (ArenaGrowth arena : ArenaGrowth.values()) {
      YamlDocument d = Yaml.load("key: a text of some length\nlist: [1, 2.5]\n", YamlOptions.DEFAULT.with(arena));
      YamlNode root = d.root();
      long word = root.word();
      YamlCursor cursor = d.cursor();
      d.close();
      d.close();
      assertThatThrownBy(() -> root.get("key").text()).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> d.rootWord(0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> d.value(word, 0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> d.key(word, 0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> d.toJava(word)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> d.toJson(word, OutputStream.nullOutputStream()))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(cursor::down).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingWhileOtherThreadsReadEndsTheirReadingWithAnException() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      YamlDocument d = Yaml.load("key: a text of some length\nother: [1, 2, 3]\n");
      CountDownLatch reading = new CountDownLatch(2);
      AtomicReference<Throwable> unexpected = new AtomicReference<>();
      Runnable reader = () -> {
        reading.countDown();
        try {
          while (d.root().get("key").text().length() == 21) {
            Thread.onSpinWait();
          }
        } catch (IllegalStateException e) {
          return;
        }
        unexpected.set(new AssertionError("another text was read"));
      };
      Thread one = Thread.ofPlatform().start(reader);
      Thread other = Thread.ofPlatform().start(reader);
      reading.await();
      d.close();
      one.join();
      other.join();
      assertThat(unexpected.get()).isNull();
    }
  }

  @Test
  void aFileThatIsCutWhileItIsOpenIsRefusedWhereItsTextIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cut.yaml");
    Files.writeString(file, "- a text of some length\n".repeat(100_000));
    try (YamlDocument d = Yaml.load(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      long last = d.get(d.rootWord(0), 99_999);
      assertThatThrownBy(() -> d.text(last)).isInstanceOf(YamlException.class)
          .hasMessage("the file became shorter while it was open");
      assertThatThrownBy(() -> d.isText(last, "a text of some length")).isInstanceOf(YamlException.class);
    }
  }

  @Test
  void aFileThatEndsWithItsPageIsRead(@TempDir Path folder) throws IOException {
    for (int bytes : new int[] {4095, 4096, 8192}) {
      Path file = folder.resolve("page" + bytes);
      Files.write(file, ("k: " + "x".repeat(bytes - 3)).getBytes(StandardCharsets.UTF_8));
      try (YamlDocument d = Yaml.load(file)) {
        assertThat(d.root().get("k").text()).hasSize(bytes - 3);
      }
    }
  }

  @Test
  void aliasesThatGrowExponentiallyLoadButDoNotExpand() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [".formatted(i, i)).append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }
    try (YamlDocument d = Yaml.load(laughs.toString())) {
      assertThat(d.root().get("a29").get(9).get(9).get(9).size()).isEqualTo(10);
      assertThatThrownBy(() -> d.toJson(d.rootWord(0), OutputStream.nullOutputStream()))
          .isInstanceOf(YamlException.class)
          .hasMessage("the aliases expand to more than 10000000 values");
    }
  }

  @Test
  void collectionsInOneAnotherAreCountedNotRecursedInto() {
    assertRefused("[".repeat(1_000_000), "line 1, column 201: expected at most 200 collections in one another");
    assertRefused("- ".repeat(1_000_000), "line 1, column 401: expected at most 200 collections in one another");
    assertRefused("? ".repeat(1_000_000), "line 1, column 401: expected at most 200 collections in one another");
    assertRefused("[a: ".repeat(1_000_000), "line 1, column 401: expected at most 200 collections in one another");
    assertRefused("[? ".repeat(1_000_000), "line 1, column 301: expected at most 200 collections in one another");
    assertRefused("{a: ".repeat(1_000_000), "line 1, column 801: expected at most 200 collections in one another");
  }

  @Test
  void aliasesInOneAnotherAreRefusedBeforeTheStackEnds() {
    StringBuilder chain = new StringBuilder("- &a0 [x]\n");
    for (int i = 1; i < 50_000; i++) {
      chain.append("- &a%d [*a%d]\n".formatted(i, i - 1));
    }
    try (YamlDocument d = Yaml.load(chain.toString())) {
      assertThatThrownBy(() -> d.toJava(d.get(d.rootWord(0), 49_999))).isInstanceOf(YamlException.class)
          .hasMessage("the aliases expand to more than 1024 collections in one another");
    }
  }

  @Test
  void aValueThatContainsItselfCanBeWalkedButNotWrittenOut() {
    try (YamlDocument d = Yaml.load("&me\nname: x\nself: *me\nlist: [*me]\n")) {
      assertThat(d.root().get("self").get("self").get("list").get(0).get("name").text()).isEqualTo("x");
      assertThatThrownBy(() -> d.toJava(d.rootWord(0))).isInstanceOf(YamlException.class)
          .hasMessage("a value that contains itself can't be written out");
      assertThatThrownBy(() -> d.toJson(d.rootWord(0), new ByteArrayOutputStream())).isInstanceOf(YamlException.class);
    }
  }

  @Test
  void manyKeysWithTheSameHashInOtherLanguagesAreReadInTime() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 1 << 16; i++) {
      for (int bit = 0; bit < 16; bit++) {
        keys.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      keys.append(": 1\n");
    }
    try (YamlDocument d = Yaml.load(keys.toString())) {
      assertThat(d.root().size()).isEqualTo(1 << 16);
      assertThat(d.root().get("BB".repeat(16)).integer()).isEqualTo(1);
    }
  }

  @Test
  @Timeout(60)
  void keysThatAreAllTheSameAreReadInTime() {
    try (YamlDocument d = Yaml.load(":\n".repeat(1_000_000), YamlOptions.DEFAULT.with(Duplicates.LAST_WINS))) {
      assertThat(d.root().size()).isEqualTo(1);
    }
  }

  @Test
  @Timeout(60)
  void manyCollectionsAsKeysAreReadInTime() {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      keys.append("? {a: [").append(i).append("]}\n: x\n");
    }
    try (YamlDocument d = Yaml.load(keys.toString())) {
      assertThat(d.root().size()).isEqualTo(300_000);
    }
  }

  @Test
  @Timeout(60)
  void keysThatExpandExponentiallyAreRefused() {
    StringBuilder laughs = new StringBuilder("- [&a0 x, &b0 x]\n");
    for (int i = 1; i < 16; i++) {
      for (String chain : List.of("a", "b")) {
        laughs.append("- &%s%d [".formatted(chain, i)).append("*%s%d, ".formatted(chain, i - 1).repeat(10))
            .append("]\n");
      }
    }
    assertThatThrownBy(() -> Yaml.load(laughs + "- ? *a15\n  : 1\n  ? *b15\n  : 2\n")).isInstanceOf(YamlException.class)
        .hasMessageStartingWith(
            "line 35, column 5: expected collections as keys that expand to at most 10000000 values");
  }

  @Test
  @Timeout(60)
  void anchorsOfALargeDocumentCostTheNextDocumentsNothing() {
    StringBuilder anchors = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      anchors.append("- &").append(i).append('\n');
    }
    anchors.append("--- &a\n".repeat(300_000));
    try (YamlDocument d = Yaml.load(anchors.toString())) {
      assertThat(d.documents()).isEqualTo(300_001);
    }
  }

  @Test
  void integersOfAnyLengthLoadButVeryLongOnesAreNoNumbers() {
    try (YamlDocument d = Yaml.load("1".repeat(50_001))) {
      assertThat(d.root().text()).isEqualTo("1".repeat(50_001));
      assertThatThrownBy(() -> d.toJava(d.rootWord(0))).isInstanceOf(YamlException.class)
          .hasMessage("an integer of more than 50000 digits is not made into a number; its text can be read");
    }
  }

  @Test
  void limitsAreWhatTheCallerSays() {
    YamlOptions small = YamlOptions.DEFAULT.with(new Limits(2, 3, 10, 100));
    assertThatThrownBy(() -> Yaml.load("[[[1]]]", small))
        .hasMessageContaining("expected at most 2 collections in one another");
    assertThatThrownBy(() -> Yaml.load("--- 1\n--- 2\n--- 3\n--- 4\n", small))
        .hasMessageContaining("expected at most 3 documents");
    assertThatThrownBy(() -> Yaml.load("x".repeat(101), small)).hasMessage("the text has 101 bytes; 100 are allowed");
    try (YamlDocument d = Yaml.load("- &a [1, 2, 3]\n- *a\n- *a\n", small)) {
      assertThatThrownBy(() -> d.toJava(d.rootWord(0))).hasMessage("the aliases expand to more than 10 values");
    }
  }

  private static void assertRefused(String yaml, String start) {
    assertThatThrownBy(() -> Yaml.load(yaml)).isInstanceOf(YamlException.class).message().startsWith(start);
    assertThatThrownBy(() -> Yaml.events(yaml, YamlOptions.DEFAULT, event -> {})).isInstanceOf(YamlException.class)
        .message().startsWith(start);
  }
}
