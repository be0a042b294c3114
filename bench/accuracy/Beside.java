import java.util.Locale;
import java.util.OptionalLong;

/** Tare's figures beside a program's own, a row an account, and whether all of them held. */
final class Beside {
  static final String HEADING = """
      | program | C library | RSS, MB | unexplained | account | its own figure | Tare | off by |
      |---|---|--:|--:|---|--:|--:|--:|""";
  private static final long TOLERATED = 1 << 20;
  private static final int TOLERATED_PERCENT = 3;
  private static final double MOST_UNEXPLAINED = 0.005;
  private static final long LEAST_UNEXPLAINED = 64 << 10;

  private boolean holds = true;

  /** A program and its ledger. */
  record Weighed(String label, String cLibrary, LedgerReading ledger) {
    String start() {
      return String.format(Locale.ROOT, "| %s | %s | %.1f | %,d, %.2f %% | ", label, cLibrary,
          ledger.rssBytes() / 1048576.0, ledger.unexplainedBytes(), 100.0 * ledger.unexplainedBytes() / ledger.rssBytes());
    }
  }

  boolean holds() {
    return holds;
  }

  void failed(String label, String cLibrary, Exception why) {
    holds = false;
    System.out.println("| " + label + " | " + cLibrary + " | | | no reading: " + why.getMessage() + " | | | |");
  }

  /** A program without a figure of its own. */
  void row(Weighed weighed) {
    judge(weighed.ledger());
    System.out.println(weighed.start() + "| | | |");
  }

  /** A figure is off by as much as it lies outside of what the program's own figures allow. */
  void row(Weighed weighed, String account, long least, long most) {
    LedgerReading ledger = weighed.ledger();
    judge(ledger);
    String own = least == most
        ? "%,d".formatted(least)
        : most == Long.MAX_VALUE ? "≥ %,d".formatted(least) : "%,d to %,d".formatted(least, most);
    OptionalLong found = isUnsplit(ledger, account) ? OptionalLong.empty() : ledger.bytes(account);
    if (found.isEmpty()) {
      System.out.println(weighed.start() + account + " | " + own + " | in use or idle: not known | |");
      return;
    }
    long bytes = found.getAsLong();
    long off = bytes < least ? bytes - least : Math.max(0, bytes - most);
    holds &= Math.abs(off) <= Math.max(TOLERATED, least * TOLERATED_PERCENT / 100);
    System.out.println(
        weighed.start() + account + " | " + own + " | " + "%,d".formatted(bytes) + " | " + "%,d".formatted(off) + " |");
  }

  private void judge(LedgerReading ledger) {
    holds &= ledger.unexplainedBytes() <= Math.max(LEAST_UNEXPLAINED, ledger.rssBytes() * MOST_UNEXPLAINED);
  }

  private static boolean isUnsplit(LedgerReading ledger, String account) {
    long found = ledger.bytes(account).orElse(0);
    return found == 0 && ledger.bytes(account.replaceAll("\\..*", ".unsplit")).orElse(0) > 0;
  }
}
