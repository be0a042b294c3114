package io.tare.sync.state;

import java.nio.ByteBuffer;
import org.lmdbjava.Txn;

/** A snapshot of the state file for as long as it is open. */
public final class HeldReading implements AutoCloseable {
  private final Txn<ByteBuffer> held;
  private final StateTransaction transaction;

  HeldReading(Txn<ByteBuffer> held, StateTransaction transaction) {
    this.held = held;
    this.transaction = transaction;
  }

  public StateTransaction transaction() {
    return transaction;
  }

  @Override
  public void close() {
    transaction.close();
    held.close();
  }
}
