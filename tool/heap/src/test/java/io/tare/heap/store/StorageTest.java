package io.tare.heap.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.heap.store.BigArrays.Bytes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.BigArrays.Shorts;
import io.tare.heap.store.Storage.NoRoom;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  private static final long LARGE = 2 << 20;

  @TempDir
  Path folder;

  @Test
  void whatDoesNotFitTheBudgetGoesToFilesWithoutNames() throws Exception {
    try (Storage storage = new Storage(LARGE, folder);
        Longs first = new Longs(storage, LARGE / 8);
        Longs second = new Longs(storage, LARGE / 8)) {
      first.set(7, 70);
      second.set(7, 71);
      assertThat(first.get(7) + second.get(7)).isEqualTo(141);
      assertThat(storage.spilledBytes()).isEqualTo(LARGE);
      assertThatFolderIsEmpty();
    }
  }

  @Test
  void theDiskMayBeTooSmallAndTheErrorSaysSo() throws Exception {
    long tooMuch = Files.getFileStore(folder).getTotalSpace() * 2;
    try (Storage storage = new Storage(0, folder)) {
      assertThatThrownBy(() -> new Bytes(storage, tooMuch)).isInstanceOf(NoRoom.class)
          .hasMessageContaining(folder.toString()).hasMessageContaining("--memory");
      assertThatFolderIsEmpty();
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");
    try (Storage storage = new Storage(0, missing)) {
      assertThatThrownBy(() -> new Bytes(storage, LARGE)).isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(missing.toString());
    }
  }

  @Test
  void whatIsGivenBackCanBeUsedAgainAndThePeakStays() {
    try (Storage storage = new Storage(LARGE, folder)) {
      for (int i = 0; i < 10; i++) {
        new Bytes(storage, LARGE).close();
      }
      assertThat(storage.spilledBytes()).isZero();
      assertThat(storage.peakBytes()).isEqualTo(LARGE);
    }
  }

  @Test
  void closingTheStorageClosesWhatIsStillOpen() {
    Storage storage = new Storage(Long.MAX_VALUE, folder);
    Bytes open = new Bytes(storage, LARGE);
    Bytes small = new Bytes(storage, 1);
    storage.close();
    assertThatThrownBy(() -> open.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> small.set(0, (byte) 1)).isInstanceOf(IndexOutOfBoundsException.class);
    open.close();
    small.close();
  }

  @Test
  void anArrayThatWasClosedIsNotRead() {
    try (Storage storage = new Storage(Long.MAX_VALUE, folder)) {
      Longs closed = new Longs(storage, LARGE / 8);
      closed.close();
      assertThatThrownBy(() -> closed.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> closed.set(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> closed.orAtomically(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void nothingBesideAnArrayIsTouched() {
    try (Storage storage = new Storage(Long.MAX_VALUE, folder); Arena arena = Arena.ofConfined()) {
      Shorts four = new Shorts(storage, 4);
      assertThat(four.four(0)).isZero();
      assertThatThrownBy(() -> four.four(1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> four.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> four.set(4, (short) 1)).isInstanceOf(IndexOutOfBoundsException.class);
      // Seven bytes are one whole int.
      Ints lent = Ints.over(arena.allocate(8).asSlice(0, 7));
      assertThat(lent.get(0)).isZero();
      assertThatThrownBy(() -> lent.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private void assertThatFolderIsEmpty() throws Exception {
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
