package io.tare.report.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Kind;
import io.tare.report.Golden;
import io.tare.report.guide.AccountGuides.AccountGuide;
import io.tare.report.look.Columns;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuideTest {
  private static final TextOptions PAGE = TextOptions.plain(80);

  @Test
  void everyAccountIsExplainedInTheOrderOfTheChart() {
    List<String> ids = AccountGuides.load().all().stream().map(AccountGuide::id).toList();
    List<String> expected = Stream.concat(Arrays.stream(Account.values()).map(Account::id), Stream.of("unexplained"))
        .toList();
    assertThat(ids).isEqualTo(expected);
  }

  @Test
  void theListNamesEveryAccount() {
    assertThat(GuideText.accounts(PAGE)).contains(Arrays.stream(Account.values()).map(Account::id).toList());
  }

  @Test
  void noIdRunsIntoItsKindAndNoTitleIsCut() {
    assertThat(GuideText.accounts(PAGE)).doesNotContain("…");
    for (Account account : Account.values()) {
      assertThat(GuideText.accounts(PAGE)).contains("  " + account.id() + " ");
    }
  }

  @Test
  void anIdGivesOneAccountAndAGroupAllOfThem() {
    assertThat(GuideText.account("heap.idle", PAGE).orElseThrow()).contains("-XX:G1PeriodicGCInterval")
        .doesNotContain("heap.garbage  ");
    assertThat(GuideText.account("heap", PAGE).orElseThrow()).contains("heap.live  ", "heap.garbage  ");
    assertThat(GuideText.account("unexplained", PAGE)).isPresent();
    assertThat(GuideText.account("heaps", PAGE)).isEmpty();
  }

  @Test
  void topicsAreSentencesThatFitTheirPageAndKeepTheirTables() {
    TopicGuides guides = TopicGuides.load();
    assertThat(guides.topics()).containsExactly("gross", "net", "tare", "verdicts", "report", "scales",
        "exit-codes");
    for (String id : Stream.concat(guides.topics().stream(), guides.rules().stream()).toList()) {
      String page = guides.page(id, PAGE).orElseThrow();
      assertThat(page.lines()).as(id).allMatch(line -> line.length() <= 80).hasSizeLessThan(60);
      assertThat(page).as(id).doesNotContain("…", "]");
    }
    assertThat(guides.page("exit-codes", PAGE).orElseThrow()).contains("""
        The exit code tells a script how a command went.

          0    fine: explained, whatever there was to say; or asked for a verdict, and
               all was kept
          1    a verdict was asked for, and it is no: a limit of 'tare check' is broken
               or a leak proved there, a point of 'tare checklist' fails, an alert of
               'tare watch' was raised, 'tare scale --require' does not hold
          2    usage:""", "(tare ... | head)\n\nWhat was not measured");
    assertThat(guides.page("nothing", PAGE)).isEmpty();
  }

  @Test
  void kindsAndEvidenceAreWhole() {
    assertThat(GuideText.kinds(PAGE)).contains(Arrays.stream(Kind.values()).map(Kind::label).toList());
    assertThat(GuideText.evidence(PAGE)).contains(Arrays.stream(Confidence.values()).map(Confidence::label).toList());
  }

  @Test
  void helpFitsNarrowTerminals() {
    TextOptions narrow = TextOptions.plain(40);
    String help = GuideText.accounts(narrow) + GuideText.kinds(narrow) + GuideText.evidence(narrow)
        + GuideText.account("malloc", narrow).orElseThrow();
    assertThat(help.lines().filter(line -> Columns.of(line) > 40 || line.endsWith("…"))).isEmpty();
  }

  @Test
  void helpLooksAsTheGoldenFilesSay() throws IOException {
    Golden.check("help-accounts.txt", GuideText.accounts(PAGE));
    Golden.check("help-accounts-malloc.txt", GuideText.account("malloc", PAGE).orElseThrow());
    Golden.check("help-kinds.txt", GuideText.kinds(PAGE));
    Golden.check("help-evidence.txt", GuideText.evidence(PAGE));
  }
}
