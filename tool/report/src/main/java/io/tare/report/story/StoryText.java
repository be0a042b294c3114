package io.tare.report.story;

import io.tare.model.history.Ending;
import io.tare.model.history.Story;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Kind;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Recordings told on a page: baseline, phases, peak, what came back, the end. */
public final class StoryText {
  private static final int BYTES_END = 11;
  private static final int MOST_ACCOUNTS = 8;
  private static final int MOST_ACCOUNTS_OF_A_PHASE = 5;
  private static final int BAR = 16;

  private final Page page;
  private final Story story;
  private final StoryWords words;

  private StoryText(Page page, Story story) {
    this.page = page;
    this.story = story;
    words = new StoryWords(story, page.units());
  }

  public static String render(List<Story> stories, TextOptions options) {
    Page page = new Page(options);
    for (Story story : stories) {
      if (!story.equals(stories.getFirst())) {
        page.blank();
      }
      new StoryText(page, story).write();
    }
    if (!stories.isEmpty()) {
      stories.getFirst().family().ifPresent(family -> together(page, family));
      page.blank();
      stories.getFirst().closing().forEach(sentence -> page.prose("note: ", sentence, Style.FAINT));
    }
    return page.print();
  }

  private static void together(Page page, Story.Family family) {
    page.heading("ALL TOGETHER", "at most " + page.bytes(family.peakBytes()) + ", what they share counted once (RSS: "
        + page.bytes(family.peakRssBytes()) + ")");
    family.members().stream().limit(page.showsAll() ? Integer.MAX_VALUE : MOST_ACCOUNTS)
        .forEach(member -> page.line().right(BYTES_END, page.bytes(member.bytes()), Style.PLAIN).add("  ")
            .add(page.letters().bar(Count.share(member.bytes(), family.peakBytes()), BAR), Style.PLAIN)
            .to(BYTES_END + BAR + 4).fit(page.width(), member.pid() + " " + member.label(), Style.PLAIN));
    if (family.unread() > 0) {
      page.prose(2, Count.grouped(family.unread()) + (family.unread() == 1 ? " process" : " processes")
          + " more came and went before that could be read.",
          Style.FAINT);
    }
  }

  private void write() {
    heading();
    baseline();
    grew();
    phases();
    peak();
    cameBack();
    end();
  }

  private void heading() {
    String dot = page.letters().signs().dot();
    page.line().fit(page.width(), story.process().words(), Style.BOLD);
    page.prose(0, story.process().runtime() + dot + Time.utc(story.from()) + dot
        + Time.lasting(story.to().toEpochMilli() - story.from().toEpochMilli()) + dot
        + Count.of(story.readings(), "reading") + ", " + Count.of(story.ledgers(), "ledger"), Style.PLAIN);
    page.blank();
    words.killed().ifPresent(sentence -> page.prose(2, sentence, Style.RED));
    page.prose(2, words.headline(), Style.BOLD);
    words.killedBefore().ifPresent(sentence -> page.prose(2, sentence, Style.YELLOW));
  }

  private void baseline() {
    story.baseline().ifPresent(ledger -> {
      page.heading("BASELINE", "the first ledger: gross " + page.bytes(ledger.grossBytes()) + net(ledger));
      accounts(ledger, MOST_ACCOUNTS);
    });
  }

  private String net(Weighing ledger) {
    return ledger.netBytes().isPresent() ? ", net " + page.bytes(ledger.netBytes().getAsLong()) : "";
  }

  private void accounts(Weighing ledger, int most) {
    int listed = page.showsAll() ? Integer.MAX_VALUE : most;
    ledger.accounts().entrySet().stream().limit(listed).forEach(account -> account(ledger, account));
    long rest = ledger.accounts().entrySet().stream().skip(listed).mapToLong(Map.Entry::getValue).sum();
    if (rest > 0) {
      page.line().right(BYTES_END, page.bytes(rest), Style.FAINT).to(BYTES_END + BAR + 4)
          .add(Count.of(ledger.accounts().size() - listed, "smaller account"), Style.FAINT);
    }
    if (ledger.unexplainedBytes() > 0) {
      page.line().right(BYTES_END, page.bytes(ledger.unexplainedBytes()), Style.PLAIN).to(BYTES_END + BAR + 4)
          .add("unexplained", Style.of(Kind.UNEXPLAINED));
    }
  }

  private void account(Weighing ledger, Map.Entry<String, Long> account) {
    Style style = Account.byId(account.getKey()).map(one -> Style.of(one.kind())).orElse(Style.PLAIN);
    Line line = page.line().right(BYTES_END, page.bytes(account.getValue()), Style.PLAIN).add("  ")
        .add(page.letters().bar(Count.share(account.getValue(), ledger.grossBytes()), BAR), style)
        .to(BYTES_END + BAR + 4);
    name(page, line, account.getKey());
  }

  /** The name of an account or a series, with its id beside it. */
  public static void name(Page page, Line line, String id) {
    String title = StoryWords.title(id);
    boolean isAnAccount = !id.equals(StoryPhase.NOT_WEIGHED);
    line.fit(page.width(), title, isAnAccount ? Style.PLAIN : Style.FAINT);
    if (isAnAccount && !title.equals(id)) {
      line.fit(page.width(), "  " + id, Style.FAINT);
    }
  }

  private void phases() {
    if (!story.phases().isEmpty()) {
      page.heading("PHASES", "from mark to mark: what each added");
      story.phases().forEach(this::phase);
    }
  }

  private void phase(StoryPhase phase) {
    page.line().right(BYTES_END + 2, page.units().formatSigned(phase.grossChangeBytes()), Style.BOLD)
        .add("  ").fit(page.width() - 24, StoryWords.name(phase), Style.BOLD)
        .fit(page.width(), phase.times() > 1 ? "  " + Count.grouped(phase.times()) + " times" : "", Style.FAINT)
        .fit(page.width(), "  " + Time.lasting(phase.lengthMillis()), Style.FAINT);
    page.prose(BYTES_END + 4, String.join(page.letters().signs().dot(), words.facts(phase)), Style.FAINT);
    changes(phase.changes(), page.showsAll() ? Integer.MAX_VALUE : MOST_ACCOUNTS_OF_A_PHASE);
  }

  private void peak() {
    if (story.readings() == 0) {
      return;
    }
    long after = story.peakAt().toEpochMilli() - story.from().toEpochMilli();
    String kernel = story.kernelPeakBytes().isPresent() && story.kernelPeakBytes().getAsLong() > story.peakBytes()
        ? "; the kernel saw " + page.bytes(story.kernelPeakBytes().getAsLong()) + " between two readings"
        : "";
    page.heading("PEAK", page.bytes(story.peakBytes()) + ", " + Time.lasting(after) + " after the beginning" + kernel);
    story.peakLedger().ifPresent(ledger -> {
      page.prose(2, "made of (the heaviest ledger, " + page.bytes(ledger.grossBytes()) + net(ledger) + ", "
          + Time.lasting(Math.max(0, ledger.epochMillis() - story.from().toEpochMilli())) + " after the beginning):",
          Style.FAINT);
      accounts(ledger, MOST_ACCOUNTS);
    });
  }

  private void grew() {
    if (!story.grew().isEmpty()) {
      page.heading("GREW", "from the first ledger to the heaviest");
      changes(story.grew(), page.showsAll() ? Integer.MAX_VALUE : MOST_ACCOUNTS);
    }
  }

  private void cameBack() {
    if (story.peakLedger().isEmpty() || story.last().isEmpty() || story.peakLedger().equals(story.last())) {
      return;
    }
    long back = story.peakLedger().get().grossBytes() - story.last().get().grossBytes();
    page.heading("CAME BACK",
        back <= 0 ? "nothing" : page.bytes(back) + " between the heaviest ledger and the last one");
    changes(story.cameBack(), page.showsAll() ? Integer.MAX_VALUE : MOST_ACCOUNTS);
  }

  private void changes(List<AccountChange> changes, int most) {
    changes.stream().limit(most).forEach(change -> {
      Line line = page.line().right(BYTES_END + 2, page.units().formatSigned(change.changeBytes()), Style.PLAIN)
          .add("  ");
      name(page, line, change.account());
    });
  }

  private void end() {
    page.heading("END", story.ending().map(Ending::words).orElse("not seen: it was still running"));
    story.ending().map(Ending::usage).ifPresent(used -> {
      used.peakBytes().ifPresent(peak -> page.prose(2, "peak " + page.bytes(peak) + ", as the kernel counted"
          + used.cpuNanos().stream().mapToObj(nanos -> "; processor time "
              + String.format(Locale.ROOT, "%.2f s", nanos / 1e9)).collect(Collectors.joining()),
          Style.PLAIN));
    });
    strain();
    // How little collecting cost is no comfort to who was killed.
    story.gc().filter(_ -> !words.isKilledForMemory()).ifPresent(gc -> page.prose(2, StoryWords.gc(gc), Style.PLAIN));
  }

  /** Said where it cost something; of every process with all that is known. */
  private void strain() {
    boolean isWorthAWord = words.isStrained();
    if (isWorthAWord || page.showsAll()) {
      words.strain().ifPresent(
          sentence -> page.prose(2, "meanwhile " + sentence, isWorthAWord ? Style.YELLOW : Style.PLAIN));
    }
  }
}
