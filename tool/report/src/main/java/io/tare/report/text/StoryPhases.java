package io.tare.report.text;

import io.tare.model.history.Story;
import io.tare.model.history.StoryPhase;
import io.tare.report.words.Count;
import io.tare.report.words.Lasting;
import java.util.ArrayList;
import java.util.List;

/** The phases of a story: what each added, by account. */
final class StoryPhases {
  private static final int MOST_ACCOUNTS = 5;

  private final Page page;

  StoryPhases(Page page) {
    this.page = page;
  }

  void write(Story story) {
    if (story.phases().isEmpty()) {
      return;
    }
    page.heading("PHASES", "from mark to mark: what each added");
    story.phases().forEach(this::phase);
  }

  private void phase(StoryPhase phase) {
    String arrow = " \u2192 ";
    String name = (phase.fromLabel().isEmpty() ? "(begin)" : phase.fromLabel()) + arrow
        + (phase.toLabel().isEmpty() ? "(end)" : phase.toLabel());
    page.line().right(StoryText.BYTES_END + 2, page.units().formatSigned(phase.grossChangeBytes()), Style.BOLD)
        .add("  ").fit(page.width() - 24, name, Style.BOLD)
        .fit(page.width(), phase.times() > 1 ? "  " + Count.grouped(phase.times()) + " times" : "", Style.FAINT)
        .fit(page.width(), "  " + Lasting.of(phase.lengthMillis()), Style.FAINT);
    page.prose(StoryText.BYTES_END + 4, StoryText.joined(facts(phase), page.letters().signs().dot()), Style.FAINT);
    StoryText.changes(page, phase.changes(), page.showsAll() ? Integer.MAX_VALUE : MOST_ACCOUNTS);
  }

  private List<String> facts(StoryPhase phase) {
    List<String> facts = new ArrayList<>();
    facts.add("gross " + page.bytes(phase.grossBeforeBytes()) + " \u2192 " + page.bytes(phase.grossAfterBytes()));
    facts.add("peak " + page.bytes(phase.peakBytes()));
    phase.items().ifPresent(items -> facts.add(Count.of(items, "item")));
    phase.floorChangeBytes().ifPresent(change -> facts.add("heap floor " + page.units().formatSigned(change)));
    phase.threadsChange().ifPresent(
        change -> facts.add(change == 0 ? "" : "threads " + (change > 0 ? "+" : "\u2212") + Math.abs(change)));
    phase.gc().ifPresent(gc -> facts.add(gc.runs() == 0 ? "no GC" : StoryText.gc(gc)));
    return facts;
  }
}
