package io.tare.sync.state;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.Stat;
import org.lmdbjava.Txn;

/** One transaction on the state file. Valid until the work it was handed to returns. */
public final class StateTransaction implements AutoCloseable {
  private final Txn<ByteBuffer> txn;
  private final StateCache.Tables tables;
  private final Scratch scratch;
  private @Nullable FileCursor files;

  StateTransaction(Txn<ByteBuffer> txn, StateCache.Tables tables, Scratch scratch) {
    this.txn = txn;
    this.tables = tables;
    this.scratch = scratch;
  }

  /** The walk over all files, in the order of their keys. One for each transaction. */
  public FileCursor files() {
    FileCursor known = files;
    if (known == null) {
      Cursor<ByteBuffer> cursor = tables.files().openCursor(txn);
      known = new FileCursor(cursor, scratch);
      files = known;
    }
    return known;
  }

  /** Small named facts of the run, and the format. */
  public SmallTable notes() {
    return new SmallTable(tables.notes(), txn, scratch);
  }

  /** What is still to be listed. */
  public SmallTable units() {
    return new SmallTable(tables.units(), txn, scratch);
  }

  public Optional<FileEntry> find(String path) {
    return files().find(path);
  }

  public void put(FileEntry entry) {
    files().put(entry);
  }

  public boolean remove(String path) {
    return tables.files().delete(txn, scratch.key(EntryKey.of(path).key()));
  }

  public long entries() {
    return statOfFiles().entries;
  }

  Stat statOfFiles() {
    return tables.files().stat(txn);
  }

  @Override
  public void close() {
    FileCursor known = files;
    if (known != null) {
      known.close();
    }
  }
}
