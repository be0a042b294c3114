package io.tare.ledger.owners;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BooksTest {
  private static final Owner USED = owner(Account.MALLOC_USED, "a", Confidence.MEASURED);
  private static final Owner IDLE = owner(Account.MALLOC_IDLE, "a", Confidence.MEASURED);

  @Test
  void movingKeepsTheSum() {
    Books books = new Books(Map.of(USED, 100L), 7).move(USED, IDLE, 30);
    assertThat(books.bytes()).containsEntry(USED, 70L).containsEntry(IDLE, 30L);
    assertThat(books.unexplained()).isEqualTo(7);
  }

  @Test
  void noMoreMovesThanThereIs() {
    assertThat(new Books(Map.of(USED, 100L), 0).move(USED, IDLE, 1000).bytes()).containsExactly(Map.entry(IDLE, 100L));
  }

  @Test
  void anAmountIsTakenFromSeveralOwnersTogetherNotFromEach() {
    Books books = new Books(Map.of(USED, 10L, owner(Account.MALLOC_USED, "b", Confidence.MEASURED), 10L), 0)
        .move(Account.MALLOC_USED, IDLE, 15);
    assertThat(books.total(Account.MALLOC_USED)).isEqualTo(5);
    assertThat(books.total(Account.MALLOC_IDLE)).isEqualTo(15);
  }

  @Test
  void aNegativeAmountMovesNothing() {
    assertThat(new Books(Map.of(USED, 100L), 0).move(USED, IDLE, -5).bytes()).containsExactly(Map.entry(USED, 100L));
  }

  @Test
  void stacksBecomeOneLineAndWhatIsInferredAnother() {
    Books books = new Books(Map.of(stack(1, "main", Confidence.MEASURED), 10L,
        stack(2, "worker", Confidence.MEASURED), 20L,
        stack(3, "guess", Confidence.INFERRED), 5L), 0);
    assertThat(books.entries()).extracting(e -> e.residentBytes() + " " + e.confidence().label())
        .containsExactly("30 measured", "5 inferred");
  }

  private static Owner owner(Account account, String name, Confidence confidence) {
    return Owner.named(account, name, confidence, "test");
  }

  private static Owner stack(long tid, String name, Confidence confidence) {
    return Owner.stack(Account.STACKS_JAVA, tid, name, confidence, "test");
  }
}
