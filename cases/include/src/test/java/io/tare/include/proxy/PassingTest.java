package io.tare.include.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.http.Head;
import io.tare.include.http.Origin;
import io.tare.include.proxy.Passing.Forwarded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request reaches the origin, and what of an answer reaches the client. */
class PassingTest {
  private static final String DAY = "Sat, 21 Nov 2026 10:00:00 GMT";
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private Site site;
  private RunningProxy proxy;

  @BeforeEach
  void start() throws IOException {
    site = new Site().page("/a", "[a]").page("/fields", exchange -> exchange.answerText(200, text(exchange.request())));
    proxy = proxy(Passing.USUAL);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    site.close();
  }

  private RunningProxy proxy(Passing passing) throws IOException {
    Origin origin = site.origin();
    return RunningProxy.start(0, new Settings(origin, Set.of(origin), 1 << 20, Settings.Limits.USUAL, passing),
        problems::add);
  }

  private static String text(Head request) {
    List<String> lines = new ArrayList<>();
    request.fields().forEach(field -> lines.add(field.name() + ": " + field.value()));
    return String.join("\n", lines);
  }

  /** What the origin gets of a request with these fields. */
  private List<String> reaches(RunningProxy through, String... fields) throws IOException {
    return ask(through, "GET", "/fields", fields).text().lines().toList();
  }

  @Test
  void theOriginIsAskedForTheHostThatTheClientAskedFor() throws IOException {
    assertThat(reaches(proxy)).contains("Host: shop.example").doesNotHaveDuplicates();
    try (RunningProxy fixed = proxy(new Passing(Optional.of("inner"), Forwarded.X, false, 4, 0))) {
      assertThat(reaches(fixed)).contains("Host: inner", "X-Forwarded-Host: shop.example");
    }
  }

  @Test
  void fragmentsAreAskedForAndKeptByHost() throws IOException {
    site.page("/who", exchange -> Site.html(exchange, "max-age=300", exchange.request().field("host").orElseThrow()))
        .page("/page", "<esi:include src='/who'/>,<esi:include src='http://shop.example/who'/>");
    assertThat(ask(proxy, "GET", "/page").text()).isEqualTo("shop.example,shop.example");
    String other = Client.raw(proxy.port(), "GET /page HTTP/1.0\r\nHost: other.example\r\n\r\n");
    assertThat(other).endsWith("other.example,");
    assertThat(site.asked("/who")).as("once for each host").isEqualTo(2);
    assertThat(problems).as("the other page names a host that is not configured").singleElement().asString()
        .contains("shop.example:80 is not one of the configured origins");
  }

  @Test
  void whoAskedIsSaidAndWhatTheClientClaimsIsNotBelieved() throws IOException {
    String[] claims = {"X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https", "Forwarded: for=6.6.6.6"};
    assertThat(reaches(proxy, claims)).contains("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http",
        "X-Forwarded-Host: shop.example", "Via: 1.1 include").noneMatch(line -> line.contains("6.6.6.6"));
    try (RunningProxy rfc = proxy(new Passing(Optional.empty(), Forwarded.RFC, false, 4, 0))) {
      assertThat(reaches(rfc, claims)).contains("Forwarded: for=127.0.0.1;proto=http;host=\"shop.example\"")
          .noneMatch(line -> line.startsWith("X-Forwarded"));
    }
    try (RunningProxy behind = proxy(new Passing(Optional.empty(), Forwarded.BOTH, true, 4, 0))) {
      assertThat(reaches(behind, claims)).contains("X-Forwarded-For: 6.6.6.6, 127.0.0.1", "X-Forwarded-Proto: https",
          "Forwarded: for=6.6.6.6, for=127.0.0.1;proto=http;host=\"shop.example\"");
    }
    try (RunningProxy silent = proxy(new Passing(Optional.empty(), Forwarded.NONE, false, 4, 0))) {
      assertThat(reaches(silent, claims)).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("forwarded"));
    }
  }

  @Test
  void otherFieldsGoOnAsTheyCame() throws IOException {
    assertThat(reaches(proxy, "Cookie: a=b", "X-Mine: 1", "x-mine: 2", "Authorization: x", "If-None-Match: \"1\"",
        "HTTP2-Settings: x", "Accept-Encoding: br, gzip;q=0.5")).contains("Cookie: a=b", "X-Mine: 1", "x-mine: 2",
            "Authorization: x", "If-None-Match: \"1\"", "Accept-Encoding: gzip")
        .noneMatch(line -> line.startsWith("HTTP2"));
    assertThat(reaches(proxy, "Accept-Encoding: gzip;q=0, br")).noneMatch(line -> line.startsWith("Accept-Encoding"));
  }

  private void html(String path, String text, String... fields) {
    site.page(path, exchange -> {
      List<Head.Field> all = new ArrayList<>(List.of(new Head.Field("Content-Type", "text/html")));
      for (String field : fields) {
        all.add(field(field));
      }
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      exchange.answer(200, all, OptionalLong.of(bytes.length)).write(bytes);
    });
  }

  private static Head.Field field(String line) {
    int colon = line.indexOf(':');
    return new Head.Field(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  @Test
  void aPageWithoutTagsKeepsItsTagAndItsLength() throws IOException {
    html("/plain", "0123456789", "ETag: \"v1\"", "Last-Modified: " + DAY, "Accept-Ranges: bytes");
    Answer answer = ask(proxy, "GET", "/plain");
    assertThat(answer.text()).isEqualTo("0123456789");
    assertThat(answer.fields()).contains("ETag: \"v1\"", "Last-Modified: " + DAY, "Accept-Ranges: bytes",
        "Content-Length: 10", "Vary: Accept-Encoding");
  }

  @Test
  void aPageWithTagsHasNeither() throws IOException {
    html("/page", "1<esi:include src='/a'/>2", "ETag: \"v1\"", "Last-Modified: " + DAY, "Accept-Ranges: bytes");
    Answer answer = ask(proxy, "GET", "/page", "Range: bytes=1-3", "If-Modified-Since: " + DAY);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("1[a]2");
    assertThat(answer.fields()).noneMatch(line -> line.startsWith("ETag") || line.startsWith("Last-Modified")
        || line.startsWith("Accept-Ranges") || line.startsWith("Content-Length"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"If-None-Match: \"v1\"|304", "If-None-Match: W/\"v1\"|304",
      "If-None-Match: \"v0\", \"v1\"|304", "If-None-Match: \"v0,v1\"|200", "If-None-Match: *|304",
      "If-None-Match: \"v2\"|200", "If-Modified-Since: Sat, 21 Nov 2026 10:00:00 GMT|304",
      "If-Modified-Since: Sat, 21 Nov 2026 09:59:59 GMT|200", "If-Modified-Since: yesterday|200"})
  void aPageThatTheClientHasIsNotSentAgain(String condition, int status) throws IOException {
    html("/plain", "0123456789", "ETag: \"v1\"", "Last-Modified: " + DAY, "Cache-Control: max-age=5");
    Answer answer = ask(proxy, "GET", "/plain", condition);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(status == 304 ? "" : "0123456789");
    assertThat(answer.fields()).contains("ETag: \"v1\"", "Cache-Control: max-age=5");
  }

  @Test
  void anOriginsNotModifiedGoesThrough() throws IOException {
    site.page("/plain", exchange -> exchange.answer(
        exchange.request().field("if-none-match").isPresent() ? 304 : 500, List.of(field("ETag: \"v1\"")),
        OptionalLong.empty()));
    Answer answer = ask(proxy, "GET", "/plain", "If-None-Match: \"v1\"");
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.fields()).contains("ETag: \"v1\"");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"bytes=2-4||206|234|bytes 2-4/10", "bytes=7-||206|789|bytes 7-9/10",
      "bytes=-3||206|789|bytes 7-9/10", "bytes=-30||206|0123456789|bytes 0-9/10", "bytes=5-99||206|56789|bytes 5-9/10",
      "bytes=10-||416||bytes */10", "bytes=-0||416||bytes */10", "bytes=4-2||200|0123456789|",
      "lines=1-2||200|0123456789|",
      "bytes=0-1,4-5||200|0123456789|", "bytes=2-4|\"v1\"|206|234|bytes 2-4/10", "bytes=2-4|\"v2\"|200|0123456789|",
      "bytes=2-4|W/\"v1\"|200|0123456789|", "bytes=99999999999999999999-||200|0123456789|"})
  void aPartOfAPageWithoutTagsIsSentAlone(String range, String ifRange, int status, String text, String contentRange)
      throws IOException {
    html("/plain", "0123456789", "ETag: \"v1\"");
    Answer answer = ask(proxy, "GET", "/plain", "Range: " + range, ifRange == null ? "X: y" : "If-Range: " + ifRange,
        "Accept-Encoding: gzip");
    assertThat(answer.status()).isEqualTo(status);
    if (status != 200) {
      assertThat(answer.text()).isEqualTo(text == null ? "" : text);
      assertThat(answer.fields()).contains("Content-Range: " + contentRange);
    } else {
      assertThat(answer.text()).isEqualTo(text);
    }
  }

  /** An origin that cuts pages itself would cut through tags. */
  @Test
  void aPartOfAPageThatTheOriginCutIsNotPassedOn() throws IOException {
    site.page("/page", exchange -> {
      boolean part = exchange.request().field("range").isPresent();
      byte[] bytes = (part ? "<esi:inc" : "1<esi:include src='/a'/>2").getBytes(StandardCharsets.US_ASCII);
      exchange.answer(part ? 206 : 200, List.of(field("Content-Type: text/html"), field("ETag: \"1\"")),
          OptionalLong.of(bytes.length)).write(bytes);
    });
    Answer answer = ask(proxy, "GET", "/page", "Range: bytes=1-8");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("1[a]2");
  }

  @Test
  void partsOfWhatIsNoPageGoThroughAsTheOriginCutsThem() throws IOException {
    site.page("/film", exchange -> {
      byte[] bytes = exchange.request().field("range").orElse("all").getBytes(StandardCharsets.US_ASCII);
      exchange.answer(206, List.of(field("Content-Type: video/mp4"), field("Content-Range: bytes 1-2/9")),
          OptionalLong.of(bytes.length)).write(bytes);
    });
    Answer answer = ask(proxy, "GET", "/film", "Range: bytes=1-2");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.text()).isEqualTo("bytes=1-2");
    assertThat(answer.fields()).contains("Content-Range: bytes 1-2/9");
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return bytes.toByteArray();
  }

  private void packedPage(String path, byte[] bytes, String coding) {
    site.page(path, exchange -> exchange.answer(200, List.of(field("Content-Type: text/html; charset=utf-8"),
        field("ETag: \"v1\""), field("Content-Encoding: " + coding)), OptionalLong.of(bytes.length)).write(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP"})
  void aPackedPageIsAssembled(String coding) throws IOException {
    packedPage("/page", packed("1<esi:include src='/a'/>2".repeat(500)), coding);
    Answer answer = ask(proxy, "GET", "/page");
    assertThat(answer.text()).isEqualTo("1[a]2".repeat(500));
    assertThat(answer.fields()).noneMatch(line -> line.startsWith("Content-Encoding"));
    assertThat(problems).isEmpty();
  }

  @Test
  void pagesArePackedForThoseWhoTakeIt() throws IOException {
    html("/page", "1<esi:include src='/a'/>2".repeat(500));
    html("/plain", "0123456789".repeat(100), "ETag: \"v1\"");
    html("/asis", "1<esi:include src='/a'/>2", "Cache-Control: no-transform");
    for (String accepted : List.of("gzip", "br;q=1.0, gzip;q=0.8", "*")) {
      Answer page = ask(proxy, "GET", "/page", "Accept-Encoding: " + accepted);
      assertThat(page.fields()).contains("Content-Encoding: gzip", "Vary: Accept-Encoding");
      assertThat(page.unpacked()).isEqualTo("1[a]2".repeat(500));
      assertThat(page.bytes().length).isLessThan(200);
    }
    Answer plain = ask(proxy, "GET", "/plain", "Accept-Encoding: gzip");
    assertThat(plain.unpacked()).isEqualTo("0123456789".repeat(100));
    assertThat(plain.fields()).as("other bytes: the same tag only in the weak sense").contains("ETag: W/\"v1\"");
    for (String refused : List.of("identity", "gzip;q=0", "gzip; q=0.000, *", "*;q=0")) {
      assertThat(ask(proxy, "GET", "/page", "Accept-Encoding: " + refused).text()).isEqualTo("1[a]2".repeat(500));
    }
    assertThat(ask(proxy, "GET", "/asis", "Accept-Encoding: gzip").text()).isEqualTo("1[a]2");
    assertThat(ask(proxy, "GET", "/asis", "Accept-Encoding: gzip").fields())
        .noneMatch(line -> line.startsWith("Content-Encoding"));
  }

  @Test
  void aPageThatIsPackedInAnotherWayGoesThroughAndIsReported() throws IOException {
    packedPage("/page", "<esi:include src='/a'/>".getBytes(StandardCharsets.US_ASCII), "br");
    Answer answer = ask(proxy, "GET", "/page");
    assertThat(answer.text()).isEqualTo("<esi:include src='/a'/>");
    assertThat(answer.fields()).contains("Content-Encoding: br");
    assertThat(problems).singleElement().asString().contains("/page: a page in the coding br goes through as it is");
  }

  @Test
  void aPageThatOnlySaysItIsPackedIsTheOriginsFault() throws IOException {
    packedPage("/page", "no gzip at all".getBytes(StandardCharsets.US_ASCII), "gzip");
    assertThat(ask(proxy, "GET", "/page").status()).isEqualTo(502);
    byte[] cut = packed("1".repeat(100_000));
    packedPage("/cut", java.util.Arrays.copyOf(cut, cut.length - 20), "gzip");
    assertThat(ask(proxy, "GET", "/cut").text().length()).isLessThan(100_000);
  }

  @Test
  void aPackedFragmentIsUnpackedWithinItsBound() throws IOException {
    packedPage("/packed", packed("[packed]"), "gzip");
    packedPage("/bomb", packed("x".repeat(2 << 20)), "gzip");
    site.page("/page", "1<esi:include src='/packed'/>2<esi:include src='/bomb'/>3");
    assertThat(ask(proxy, "GET", "/page").text()).isEqualTo("1[packed]23");
    assertThat(problems).singleElement().asString().contains("an answer of more than 1048576 bytes");
  }

  @Test
  void theHeadOfAPageIsAnsweredWithoutItsBody() throws IOException {
    html("/page", "1<esi:include src='/a'/>2", "ETag: \"v1\"");
    Answer answer = ask(proxy, "HEAD", "/page");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.fields()).noneMatch(line -> line.startsWith("ETag") || line.startsWith("Content-Length"));
  }

  /** An answer, its chunks joined. */
  private record Answer(int status, List<String> fields, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    String unpacked() throws IOException {
      return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(),
          StandardCharsets.ISO_8859_1);
    }
  }

  private static Answer ask(RunningProxy through, String method, String path, String... fields) throws IOException {
    String raw = Client.raw(through.port(), method + " " + path + " HTTP/1.0\r\nHost: shop.example\r\n"
        + String.join("", java.util.Arrays.stream(fields).map(field -> field + "\r\n").toList()) + "\r\n");
    int end = raw.indexOf("\r\n\r\n");
    List<String> lines = raw.substring(0, end).lines().toList();
    return new Answer(Integer.parseInt(lines.getFirst().split(" ")[1]), lines.subList(1, lines.size()),
        raw.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
  }
}
