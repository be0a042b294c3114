package io.tare.model.ledger;

/**
 * One line of the ledger.
 *
 * @param name which one of the account's sort: a file's path, a code segment's name; empty where the account is one thing
 * @param evidence where the number came from, in words
 */
public record Entry(Account account, String name, long residentBytes, Confidence confidence, String evidence) {
  public Entry {
    if (residentBytes < 0) {
      throw new IllegalArgumentException(account.id() + " is negative: " + residentBytes);
    }
  }
}
