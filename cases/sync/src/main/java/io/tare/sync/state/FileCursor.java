package io.tare.sync.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Cursor;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;

/** Walks the files of one transaction in the order of their keys. Reading state or setting it allocates nothing on the heap of note. */
public final class FileCursor {
  private static final PutFlags[] APPEND = {PutFlags.MDB_APPEND};
  private static final PutFlags[] ANYWHERE = {};
  private static final byte[] NO_KEY = {};

  private final Cursor<ByteBuffer> cursor;
  private final Scratch scratch;
  private byte @Nullable [] lastKey;

  FileCursor(Cursor<ByteBuffer> cursor, Scratch scratch) {
    this.cursor = cursor;
    this.scratch = scratch;
  }

  public boolean first() {
    return cursor.first();
  }

  public boolean next() {
    return cursor.next();
  }

  /** Goes to the key, or the next one if it is gone. */
  public boolean seek(byte[] key) {
    return cursor.get(scratch.key(key), GetOp.MDB_SET_RANGE);
  }

  /** Goes to where a walk was left, or to the start. */
  public boolean resume(Optional<byte[]> key) {
    return key.isPresent() ? seek(key.get()) : first();
  }

  /** A copy of the key, which outlives the transaction. */
  public byte[] key() {
    ByteBuffer key = cursor.key();
    byte[] copy = new byte[key.remaining()];
    key.get(key.position(), copy);
    return copy;
  }

  public FileState state() {
    return EntryLayout.state(cursor.val());
  }

  /** Goes to the file of this path, if there is one. */
  public Optional<FileEntry> find(String path) {
    if (!cursor.get(scratch.key(EntryKey.of(path).key()), GetOp.MDB_SET)) {
      return Optional.empty();
    }
    ByteBuffer value = cursor.val();
    return Optional.of(new FileEntry(path, EntryLayout.facts(value), EntryLayout.state(value)));
  }

  public FileEntry entry() {
    ByteBuffer value = cursor.val();
    FileFacts facts = EntryLayout.facts(value);
    return new FileEntry(EntryLayout.path(cursor.key(), value), facts, EntryLayout.state(value));
  }

  public boolean isAtOrBehind(byte[] otherKey) {
    return Arrays.compareUnsigned(key(), otherKey) >= 0;
  }

  /** Changes the state of the file that the walk is at. */
  public void set(FileState state) {
    EntryLayout.copyWithState(cursor.val(), state, scratch.value);
    cursor.put(cursor.key(), scratch.value, PutFlags.MDB_CURRENT);
  }

  /** Puts a file behind the last one, which fills pages to the brim. The keys have to come in order. */
  public void append(FileEntry entry) {
    put(entry, EntryKey.of(entry.path()), APPEND);
  }

  /** Puts a file where it belongs. One that belongs behind the last is appended: a split in the middle would leave pages half empty. */
  void put(FileEntry entry) {
    EntryKey key = EntryKey.of(entry.path());
    byte[] last = lastKey;
    if (last == null) {
      last = cursor.last() ? key() : NO_KEY;
    }
    boolean isBehindAll = Arrays.compareUnsigned(key.key(), last) > 0;
    lastKey = isBehindAll ? key.key() : last;
    put(entry, key, isBehindAll ? APPEND : ANYWHERE);
  }

  private void put(FileEntry entry, EntryKey key, PutFlags... flags) {
    EntryLayout.write(entry, key.restOfPath(), scratch.value);
    cursor.put(scratch.key(key.key()), scratch.value, flags);
  }

  void close() {
    cursor.close();
  }
}
