package io.tare.sync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCacheTest {
  private static final StateOptions OPTIONS = new StateOptions(1L << 30, Durability.EVERY_PHASE);

  @TempDir
  Path directory;

  @Test
  void aValueIsThirtyThreeBytesAndSaysTheSameWhenReadBack() {
    ByteBuffer value = ByteBuffer.allocate(100);
    FileEntry entry = entry("a/b", 7);
    EntryLayout.write(entry, new byte[0], value);
    assertThat(value.limit()).isEqualTo(33);
    assertThat(EntryLayout.facts(value)).isEqualTo(entry.facts());
    assertThat(EntryLayout.state(value)).isEqualTo(entry.state());
  }

  @Test
  void filesComeBackInTheOrderOfTheirBytesWhateverTheirPaths() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    TreeMap<String, FileEntry> reference = new TreeMap<>();
    try (StateCache cache = open("a.state")) {
      for (int i = 0; i < 500; i++) {
        FileEntry entry = entry(path(random), i);
        reference.put(entry.path(), entry);
        cache.write(transaction -> {
          transaction.put(entry);
          return true;
        });
      }
    }
    try (StateCache cache = open("a.state")) {
      List<FileEntry> found = all(cache);
      assertThat(found).as("seed " + seed).containsExactlyInAnyOrderElementsOf(reference.values());
      for (FileEntry entry : reference.values()) {
        Optional<FileEntry> one = cache.read(transaction -> transaction.find(entry.path()));
        assertThat(one).as("seed " + seed).contains(entry);
      }
    }
  }

  @Test
  void pathsTooLongForAKeyStayApart() throws IOException {
    String longest = "directory/".repeat(400);
    try (StateCache cache = open("long.state")) {
      FileEntry one = entry(longest + "one", 1);
      FileEntry other = entry(longest + "other", 2);
      cache.write(transaction -> {
        transaction.put(one);
        transaction.put(other);
        return true;
      });
      assertThat(all(cache)).containsExactlyInAnyOrder(one, other);
      cache.write(transaction -> transaction.remove(one.path()));
      assertThat(all(cache)).containsExactly(other);
      assertThatThrownBy(() -> EntryKey.of("x".repeat(5000))).hasMessageContaining("4096");
    }
  }

  @Test
  void whatThrowsLeavesNothingBehind() throws IOException {
    try (StateCache cache = open("undone.state")) {
      assertThatThrownBy(() -> cache.write(transaction -> {
        transaction.put(entry("half", 1));
        throw new IllegalStateException("in the middle");
      })).hasMessage("in the middle");
      assertThat(cache.entries()).isZero();
    }
  }

  @Test
  void filesThatComeInOrderFillTheirPages() throws IOException {
    try (StateCache cache = open("ordered.state")) {
      for (int batch = 0; batch < 20; batch++) {
        int start = batch * 1000;
        cache.write(transaction -> {
          for (int i = start; i < start + 1000; i++) {
            transaction.put(entry("archive/" + "x".repeat(80) + String.format("%010d", i), i));
          }
          return true;
        });
      }
      assertThat((double) cache.size().treeBytes() / cache.entries()).isLessThan(155);
    }
  }

  @Test
  void compactionGivesFreePagesBackAndKeepsEveryFile() throws IOException {
    Path file = directory.resolve("compact.state");
    try (StateCache cache = open("compact.state")) {
      cache.write(transaction -> {
        for (int i = 0; i < 5000; i++) {
          transaction.put(entry("f" + String.format("%06d", i), i));
        }
        return true;
      });
      cache.write(transaction -> {
        for (int i = 0; i < 5000; i += 1) {
          if (i % 10 != 0) {
            transaction.remove("f" + String.format("%06d", i));
          }
        }
        return true;
      });
    }
    Compaction done = Compaction.of(file, OPTIONS);
    assertThat(done.after().fileBytes()).isLessThan(done.before().fileBytes() / 5);
    try (StateCache cache = open("compact.state")) {
      assertThat(all(cache)).hasSize(500).extracting(FileEntry::path).contains("f000000", "f004990");
    }
  }

  @Test
  void onlyOneMayHaveItOpen() throws IOException {
    try (StateCache cache = open("one.state")) {
      assertThatThrownBy(() -> open("one.state")).isInstanceOf(StateFileRefused.class)
          .hasMessageContaining("has it open");
      assertThat(cache.entries()).isZero();
    }
    open("one.state").close();
  }

  @Test
  void whatIsNoStateFileIsRefusedAndLeftAsItIs() throws IOException {
    Path file = directory.resolve("note.txt");
    Files.writeString(file, "this is a letter, not a state file".repeat(1000));
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> open("note.txt")).isInstanceOf(StateFileRefused.class)
        .hasMessageContaining("not a state file");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void anotherVersionIsRefusedAndLeftAsItIs() throws IOException {
    try (StateCache cache = open("newer.state")) {
      cache.write(transaction -> {
        transaction.put(entry("a", 1));
        transaction.notes().put("format", "2");
        return true;
      });
    }
    byte[] before = Files.readAllBytes(directory.resolve("newer.state"));
    assertThatThrownBy(() -> open("newer.state")).isInstanceOf(StateFileRefused.class)
        .hasMessageContaining("format 2, this program writes 1");
    assertThat(Files.readAllBytes(directory.resolve("newer.state"))).isEqualTo(before);
  }

  @Test
  void aTornFileIsRefusedInsteadOfEndingTheProgram() throws IOException {
    Path file = directory.resolve("torn.state");
    try (StateCache cache = open("torn.state")) {
      cache.write(transaction -> {
        for (int i = 0; i < 5000; i++) {
          transaction.put(entry("f" + i, i));
        }
        return true;
      });
    }
    byte[] whole = Files.readAllBytes(file);
    for (int kept : new int[] {1, 4000, 4096, 8192, whole.length / 2, whole.length - 4096, whole.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(whole, kept));
      assertThatThrownBy(() -> open("torn.state")).as("%d of %d bytes", kept, whole.length)
          .isInstanceOf(StateFileRefused.class).hasMessageContaining("torn");
      assertThat(Files.size(file)).isEqualTo(kept);
    }
    Files.write(file, whole);
    try (StateCache cache = open("torn.state")) {
      assertThat(cache.entries()).isEqualTo(5000);
    }
  }

  @Test
  void theOtherHeaderPageIsUsedWhenTheLastIsTorn() throws IOException {
    try (StateCache cache = open("header.state")) {
      cache.write(transaction -> {
        transaction.put(entry("a", 1));
        return true;
      });
    }
    ByteBuffer start = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("header.state")));
    Optional<StateFileHeader> header = StateFileHeader.parse(start);
    assertThat(header).isPresent();
    assertThat(header.get().pageBytes()).isGreaterThanOrEqualTo(4096);
    assertThat(header.get().neededBytes()).isLessThanOrEqualTo(start.limit());
  }

  @Test
  void aFileThatMayNotGrowSaysSo() throws IOException {
    StateOptions small = new StateOptions(1 << 20, Durability.EVERY_PHASE);
    try (StateCache cache = StateCache.open(directory.resolve("full.state"), small)) {
      assertThatThrownBy(() -> cache.write(transaction -> {
        for (int i = 0; i < 20_000; i++) {
          transaction.put(entry("file-" + i, i));
        }
        return true;
      })).isInstanceOf(StateFileFull.class).hasMessageContaining("--state-limit");
      assertThat(cache.entries()).isZero();
    }
  }

  private StateCache open(String name) throws IOException {
    return StateCache.open(directory.resolve(name), OPTIONS);
  }

  private static List<FileEntry> all(StateCache cache) {
    return cache.read(transaction -> {
      List<FileEntry> found = new ArrayList<>();
      FileCursor files = transaction.files();
      for (boolean is = files.first(); is; is = files.next()) {
        found.add(files.entry());
      }
      return found;
    });
  }

  private static FileEntry entry(String path, long number) {
    FileState state = FileState.values()[(int) (number % FileState.values().length)];
    return new FileEntry(path, new FileFacts(number, number * 1000, new ContentHash(number, ~number)), state);
  }

  private static String path(Random random) {
    String letters = "ab/ü€😀.-";
    int[] codePoints = random.ints(1 + random.nextInt(600), 0, 8).map(letters::codePointAt).filter(Character::isDefined)
        .filter(c -> c < 0xD800 || c > 0xDFFF).toArray();
    return "p" + new String(codePoints, 0, codePoints.length);
  }
}
