package io.tare.report.html;

/** Names of places in the page. */
final class Anchors {
  static final String LEDGER = "ledger";

  private Anchors() {}

  /** Where the account is explained; the whole ledger for a fold of several accounts. */
  static String of(String accountId) {
    return accountId.isEmpty() ? LEDGER : "account-" + accountId.replace('.', '-');
  }
}
