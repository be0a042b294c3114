package io.tare.report.guide;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Kind;
import io.tare.report.guide.AccountGuides.AccountGuide;
import io.tare.report.look.Columns;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code tare help accounts}, {@code kinds} and {@code evidence}. */
public final class GuideText {
  private static final int LONGEST_ID = Arrays.stream(Account.values()).mapToInt(account -> account.id().length()).max()
      .orElse(0);
  private static final int ID_END = 2 + LONGEST_ID + 2;
  private static final int KIND_END = ID_END + 12;

  private GuideText() {}

  /** All accounts, a line each. */
  public static String accounts(TextOptions options) {
    Page page = new Page(options);
    page.prose(0, "Every resident byte of a process is booked to one of these accounts, or to unexplained.",
        Style.BOLD);
    page.blank();
    for (Account account : Account.values()) {
      row(page, account.id(), account.kind(), account.title());
    }
    row(page, "unexplained", Kind.UNEXPLAINED, "No owner found");
    page.blank();
    page.prose(0, "tare help accounts ID says more of one (heap.idle), or of a group (heap).", Style.FAINT);
    return page.print();
  }

  /** One account, or a group of them; empty when there is none of that name. */
  public static Optional<String> account(String idOrGroup, TextOptions options) {
    List<AccountGuide> guides = AccountGuides.load().matching(idOrGroup);
    if (guides.isEmpty()) {
      return Optional.empty();
    }
    Page page = new Page(options);
    guides.forEach(guide -> guide(page, guide));
    return Optional.of(page.print());
  }

  /** The kinds of bytes. */
  public static String kinds(TextOptions options) {
    Page page = new Page(options);
    page.prose(0, "The kind of an account says what sort of bytes it holds.", Style.BOLD);
    for (Kind kind : Kind.values()) {
      page.blank();
      page.line().add(kind.label(), Style.of(kind));
      page.prose(2, kind.words() + ".", Style.PLAIN);
      page.prose(2, advice(kind), Style.FAINT);
    }
    return page.print();
  }

  /** The sorts of evidence. */
  public static String evidence(TextOptions options) {
    Page page = new Page(options);
    page.prose(0, "Every number says where it came from, and how sure it is.", Style.BOLD);
    for (Confidence confidence : Confidence.values()) {
      page.blank();
      page.line().add(confidence.label(), Style.BOLD);
      page.prose(2, meaning(confidence), Style.PLAIN);
    }
    page.blank();
    page.prose(0, "tare PID --all prints the evidence of every line.", Style.FAINT);
    return page.print();
  }

  private static void row(Page page, String id, Kind kind, String title) {
    Line line = page.line().add("  ").add(id, Style.BOLD).to(ID_END).add(kind.label(), Style.of(kind));
    if (page.isNarrow()) {
      page.prose(4, title, Style.PLAIN);
      return;
    }
    List<String> wrapped = Columns.wrap(page.width() - KIND_END, title);
    line.to(KIND_END).add(wrapped.getFirst());
    wrapped.stream().skip(1).forEach(rest -> page.line().to(KIND_END).add(rest));
  }

  private static void guide(Page page, AccountGuide guide) {
    Optional<Account> account = Account.byId(guide.id());
    Kind kind = account.map(Account::kind).orElse(Kind.UNEXPLAINED);
    page.line().add(guide.id(), Style.BOLD).add("  ").add(kind.label(), Style.of(kind));
    page.prose(0, account.map(Account::title).orElse("No owner found"), Style.FAINT);
    field(page, "what it is", guide.what());
    field(page, "up", guide.up());
    field(page, "down", guide.down());
    field(page, "after a GC", guide.afterGc());
    field(page, "who reclaims", guide.reclaim());
    field(page, "what to do", guide.act());
    page.blank();
  }

  private static void field(Page page, String name, String text) {
    page.prose("  " + name + " ".repeat(14 - name.length()), text, Style.PLAIN);
  }

  /** What follows from bytes being of that kind. */
  private static String advice(Kind kind) {
    return switch (kind) {
      case LIVE ->
        "The program needs it. Only the program can let go of it. Growth of this over time is what a leak is.";
      case GARBAGE ->
        "Goes with the next collection that looks there. Much of it is normal for a program that allocates.";
      case USED -> "Part of it may be dead. A collection or a walk would tell; until then it counts as used.";
      case UNKNOWN ->
        "It counts as net at most and as tare at most, and as neither at least. Its account's page says what would tell.";
      case IDLE -> "The best candidate for getting memory back: nobody needs it, somebody only keeps it.";
      case MACHINERY -> "The price of the runtime. It follows threads, classes, code and heap size, not your data.";
      case FILE -> "The kernel takes it back when memory is wanted. High numbers here are seldom a problem.";
      case SHARED -> "Counted in several processes, or several times in one. Look at PSS for the fair part.";
      case UNEXPLAINED -> "Tare found no owner. Small is fine; large is a reason to look, or to report a bug.";
    };
  }

  /** What the confidence of a number means. */
  private static String meaning(Confidence confidence) {
    return switch (confidence) {
      case MEASURED -> "Read directly from the kernel or from the owner's own structures. Wrong only if they are.";
      case DERIVED -> "Computed from measured numbers by a rule that always holds, such as a sum or a difference.";
      case INFERRED -> "Concluded from a pattern that nearly always holds: a size, a neighbour, a name."
          + " Marked with ~ in the ledger.";
    };
  }
}
