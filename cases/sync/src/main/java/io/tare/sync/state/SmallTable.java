package io.tare.sync.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lmdbjava.CursorIterable;
import org.lmdbjava.Dbi;
import org.lmdbjava.Txn;

/** A few keys and values beside the files, changed in the same transactions. */
public final class SmallTable {
  private final Dbi<ByteBuffer> table;
  private final Txn<ByteBuffer> txn;
  private final Scratch scratch;

  /** A key with its value. */
  public record Row(String key, String value) {}

  SmallTable(Dbi<ByteBuffer> table, Txn<ByteBuffer> txn, Scratch scratch) {
    this.table = table;
    this.txn = txn;
    this.scratch = scratch;
  }

  public Optional<byte[]> get(String key) {
    ByteBuffer value = table.get(txn, scratch.key(bytes(key)));
    return value == null ? Optional.empty() : Optional.of(copy(value));
  }

  public Optional<String> text(String key) {
    return get(key).map(value -> new String(value, StandardCharsets.UTF_8));
  }

  public void put(String key, byte[] value) {
    table.put(txn, scratch.key(bytes(key)), scratch.value(value));
  }

  public void put(String key, String value) {
    put(key, bytes(value));
  }

  public void remove(String key) {
    table.delete(txn, scratch.key(bytes(key)));
  }

  public void clear() {
    table.drop(txn);
  }

  public long size() {
    return table.stat(txn).entries;
  }

  /** The first rows in the order of their keys. */
  public List<Row> first(int most) {
    List<Row> rows = new ArrayList<>();
    try (CursorIterable<ByteBuffer> all = table.iterate(txn)) {
      for (CursorIterable.KeyVal<ByteBuffer> row : all) {
        if (rows.size() == most) {
          break;
        }
        rows.add(new Row(text(row.key()), text(row.val())));
      }
    }
    return rows;
  }

  private static String text(ByteBuffer buffer) {
    return new String(copy(buffer), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return copy;
  }
}
