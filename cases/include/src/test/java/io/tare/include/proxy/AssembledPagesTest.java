package io.tare.include.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.http.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a page on its way through the proxy. */
class AssembledPagesTest {
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private Site site;
  private RunningProxy proxy;

  @BeforeEach
  void start() throws IOException {
    site = new Site().page("/a", "[a]").page("/b", "[b]");
    proxy = RunningProxy.start(0, Settings.usual(site.origin()), problems::add);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    site.close();
  }

  @Test
  void fragmentsStandWhereTheirTagsStood() throws IOException {
    assertThat(page("1<esi:include src=\"/a\"/>2<esi:include src='b'></esi:include>3")).isEqualTo("1[a]2[b]3");
    assertThat(problems).isEmpty();
  }

  @Test
  void slowFragmentsAreFetchedAtOnceAndKeepTheirOrder() throws IOException {
    for (int i = 0; i < 8; i++) {
      site.slow("/slow" + i, 600 - i * 50, "[" + i + "]");
    }
    String page = IntStream.range(0, 8).mapToObj(i -> i + "<esi:include src='/slow" + i + "'/>")
        .collect(Collectors.joining());
    long start = System.nanoTime();
    assertThat(page(page)).isEqualTo("0[0]1[1]2[2]3[3]4[4]5[5]6[6]7[7]");
    assertThat((System.nanoTime() - start) / 1_000_000).as("one after the other would take 3.4 s").isLessThan(2_500);
  }

  @Test
  void includesNestToADepthAndNoDeeper() throws IOException {
    for (int i = 0; i < 10; i++) {
      site.page("/deep" + i, i + "<esi:include src='/deep" + (i + 1) + "'/>");
    }
    assertThat(page("<esi:include src='/deep0'/>")).isEqualTo("01234");
    assertThat(problems).singleElement().asString().contains("nested deeper than 5");
  }

  @Test
  void aCycleIsRefused() throws IOException {
    site.page("/ping", "ping<esi:include src='/pong'/>").page("/pong", "pong<esi:include src='/ping'/>");
    assertThat(page("<esi:include src='/ping'/>.")).isEqualTo("pingpong.");
    assertThat(problems).singleElement().asString().contains("/ping includes itself");
  }

  @Test
  void anAlternativeStandsInAndThenNothing() throws IOException {
    assertThat(page("<esi:include src='/none' alt='/b'/>,<esi:include src='/none' alt='/none2' onerror='continue'/>."))
        .isEqualTo("[b],.");
  }

  @Test
  void anAttemptIsReplacedAsAWholeWhenAnIncludeInItFails() throws IOException {
    String page = "<esi:try> <esi:attempt>x<esi:include src='%s'/>y</esi:attempt>\n<esi:except>sorry</esi:except></esi:try>.";
    assertThat(page(page.formatted("/a"))).isEqualTo("x[a]y.");
    assertThat(page(page.formatted("/none"))).isEqualTo("sorry.");
  }

  @Test
  void theFirstBranchThatHoldsIsChosen() throws IOException {
    String page = "<esi:choose><esi:when test=\"$(HTTP_HOST)=='other'\">1<esi:include src='/never'/></esi:when>"
        + "<esi:when test=\"$(HTTP_HOST)=='test'\">2</esi:when><esi:when test='true'>3</esi:when>"
        + "<esi:otherwise>4</esi:otherwise></esi:choose>";
    assertThat(page(page)).isEqualTo("2");
    assertThat(site.asked("/never")).isZero();
    assertThat(page("<esi:choose><esi:when test='0'>1</esi:when><esi:otherwise>4</esi:otherwise></esi:choose>"))
        .isEqualTo("4");
  }

  @Test
  void variablesAreReplacedInVarsAndInSourcesOnly() throws IOException {
    site.page("/for/test", "for test $(HTTP_HOST)");
    assertThat(page("$(HTTP_HOST)<esi:vars> $(HTTP_HOST) <esi:include src='/for/$(HTTP_HOST)'/></esi:vars>"))
        .isEqualTo("$(HTTP_HOST) test for test $(HTTP_HOST)");
  }

  @Test
  void removedAndHiddenPartsGoAsTheLanguageSays() throws IOException {
    assertThat(page(
        "1<esi:remove>no<esi:include src='/never'/></esi:remove>2<esi:comment text='x'/>3<!--esi 4<esi:include src='/a'/>-->5"))
        .isEqualTo("123 4[a]5");
    assertThat(site.asked("/never")).isZero();
  }

  @Test
  void onlyConfiguredOriginsAreAsked() throws IOException {
    try (Site other = new Site().page("/x", "[x]")) {
      assertThat(page("<esi:include src='http://" + other.origin() + "/x'/>.")).isEqualTo(".");
      assertThat(other.asked("/x")).isZero();
      assertThat(page("<esi:include src='https://" + site.origin() + "/a'/><esi:include src='file:///etc/passwd'/>."))
          .isEqualTo(".");
    }
    assertThat(problems).hasSize(3).anyMatch(problem -> problem.contains("not one of the configured origins"))
        .anyMatch(problem -> problem.contains("only http is fetched"));
  }

  @Test
  void fragmentsOfAnotherConfiguredOriginAreTaken() throws IOException {
    try (Site other = new Site().page("/x", "[x]")) {
      Origin first = site.origin();
      Settings settings = new Settings(first, Set.of(first, other.origin()), 1 << 20, Settings.Limits.USUAL);
      try (RunningProxy wider = RunningProxy.start(0, settings, problems::add)) {
        site.page("/page", "<esi:include src='http://" + other.origin() + "/x'/>.");
        assertThat(Client.body(wider.port(), "/page")).isEqualTo("[x].");
      }
    }
  }

  @Test
  void aPageThatMultipliesItsIncludesIsBounded() throws IOException {
    for (int level = 0; level < 4; level++) {
      site.page("/bomb" + level, ("<esi:include src='/bomb" + (level + 1) + "'/>").repeat(30));
    }
    site.page("/bomb4", "x");
    assertThat(page("<esi:include src='/bomb0'/>").length()).isLessThan(512);
    assertThat(problems).anyMatch(problem -> problem.contains("more than 512 includes"));
  }

  @Test
  void malformedTagsAreReportedWithTheirPlaceAndTheRestGoesOn() throws IOException {
    assertThat(page(
        "1<esi:include src=/a/>2</esi:try>3<esi:unknown>4<esi:choose>x<esi:when test='=='>5</esi:when></esi:choose>6"))
        .isEqualTo("12346");
    assertThat(problems).hasSize(5).allMatch(problem -> problem.matches("http://.*/page at byte \\d+: .*"));
  }

  @Test
  void elementsNestedTooDeepEndThePage() throws IOException {
    assertThat(page("1" + "<esi:vars>".repeat(1_000) + "2")).isEqualTo("1");
    assertThat(problems).singleElement().asString().contains("nested deeper than 32");
  }

  @Test
  void whatIsNoPageGoesThroughAsItIs() throws IOException {
    site.page("/text", exchange -> exchange.answerText(200, "<esi:include src='/a'/>"));
    assertThat(Client.body(proxy.port(), "/text")).isEqualTo("<esi:include src='/a'/>\n");
  }

  private String page(String text) throws IOException {
    site.page("/page", text);
    return Client.body(proxy.port(), "/page");
  }
}
