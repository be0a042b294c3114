package io.tare.sync.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The value of one file: state (1 byte), size (8), time of change in ms (8), hash (16), big-endian, 33 bytes in all. Only a path
 * too long for a key has more: the bytes of the path that the key leaves out.
 */
final class EntryLayout {
  static final int FIXED_BYTES = 33;
  private static final int STATE = 0;
  private static final int SIZE = 1;
  private static final int MODIFIED = 9;
  private static final int HASH_HIGH = 17;
  private static final int HASH_LOW = 25;

  private EntryLayout() {}

  static void write(FileEntry entry, byte[] restOfPath, ByteBuffer into) {
    into.clear();
    into.put(STATE, entry.state().code());
    into.putLong(SIZE, entry.facts().sizeBytes());
    into.putLong(MODIFIED, entry.facts().modifiedMillis());
    into.putLong(HASH_HIGH, entry.facts().hash().high());
    into.putLong(HASH_LOW, entry.facts().hash().low());
    into.put(FIXED_BYTES, restOfPath);
    into.limit(FIXED_BYTES + restOfPath.length);
  }

  static FileState state(ByteBuffer value) {
    byte code = value.get(STATE);
    return FileState.of(code).orElseThrow(() -> new StateFileDamaged("an entry has the unknown state " + code));
  }

  static FileFacts facts(ByteBuffer value) {
    if (value.limit() < FIXED_BYTES) {
      throw new StateFileDamaged("an entry has " + value.limit() + " bytes instead of " + FIXED_BYTES);
    }
    return new FileFacts(value.getLong(SIZE), value.getLong(MODIFIED),
        new ContentHash(value.getLong(HASH_HIGH), value.getLong(HASH_LOW)));
  }

  /** The same value in another state, whatever its length. */
  static void copyWithState(ByteBuffer value, FileState state, ByteBuffer into) {
    into.clear();
    into.put(0, value, 0, value.limit());
    into.put(STATE, state.code());
    into.limit(value.limit());
  }

  static String path(ByteBuffer key, ByteBuffer value) {
    int kept = EntryKey.pathBytesIn(key);
    int rest = value.limit() - FIXED_BYTES;
    byte[] path = new byte[kept + Math.max(0, rest)];
    key.get(0, path, 0, kept);
    if (rest > 0) {
      value.get(FIXED_BYTES, path, kept, rest);
    }
    return new String(path, StandardCharsets.UTF_8);
  }
}
