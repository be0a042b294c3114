package io.tare.app.heap;

import io.tare.ledger.Explanation;
import io.tare.model.capture.Capture;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import java.util.Optional;
import java.util.OptionalLong;

/** How much of a JVM's heap is in use, known without contact. */
final class HeapUse {
  private HeapUse() {}

  /** Empty if the capture does not tell. */
  static OptionalLong of(Capture capture) {
    Optional<Ledger> ledger = Explanation.explain(capture).ledger();
    long used = ledger.map(known -> known.bytes(Account.HEAP_USED) + known.bytes(Account.HEAP_LIVE)
        + known.bytes(Account.HEAP_GARBAGE)).orElse(0L);
    return used > 0 ? OptionalLong.of(used) : OptionalLong.empty();
  }
}
