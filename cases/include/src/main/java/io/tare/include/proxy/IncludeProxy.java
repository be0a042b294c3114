package io.tare.include.proxy;

import io.tare.include.expression.Variables;
import io.tare.include.fragment.Address;
import io.tare.include.http.Exchange;
import io.tare.include.http.Gzip;
import io.tare.include.http.Handler;
import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import io.tare.include.http.OriginAnswer;
import io.tare.include.http.OriginClient;
import io.tare.include.page.PageHandler;
import io.tare.include.page.PageRequest;
import io.tare.include.page.Problems;
import io.tare.include.scan.TagScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.DeflaterOutputStream;

/** Passes requests on to the origin, and assembles the answers that are pages. Everything else goes through as it is. */
public final class IncludeProxy implements Handler {
  /** They depend on the page's length or bytes, which assembling changes. */
  private static final Set<String> OF_WHOLE_PAGE = Set.of("content-length", "content-encoding", "etag", "last-modified",
      "accept-ranges", "surrogate-control", "content-md5", "digest", "repr-digest", "content-digest");
  /** What a page without tags does not keep: it may be packed on its way. */
  private static final Set<String> OF_CODED_PAGE = Set.of("content-length", "content-encoding", "surrogate-control",
      "content-md5", "digest", "content-digest", "content-range");
  private static final Set<String> OF_NOT_MODIFIED = Set.of("etag", "last-modified", "cache-control",
      "content-location",
      "date", "expires", "vary");
  private static final int MOST_PACKED_AT_ONCE = 64;
  private static final int WORTH_READING_BYTES = 65_536;

  private final Settings settings;
  private final OriginClient client;
  private final PageHandler pages;
  private final Consumer<String> log;
  private final Metrics metrics;
  private final ToOrigin toOrigin;
  private final Gzip gzip;

  public IncludeProxy(Settings settings, OriginClient client, PageHandler pages, Consumer<String> log,
      Metrics metrics) {
    this.settings = settings;
    this.client = client;
    this.pages = pages;
    this.log = log;
    this.metrics = metrics;
    this.toOrigin = new ToOrigin(settings);
    this.gzip = new Gzip(settings.passing().gzipLevel(), MOST_PACKED_AT_ONCE);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Head asked = toOrigin.request(exchange);
    Optional<InputStream> body = exchange.request().hasBody() ? Optional.of(exchange.requestBody()) : Optional.empty();
    try {
      if (isPartOfAPage(exchange, asked, body)) {
        // It may be cut in the middle of a tag: the whole page is asked for, and cut here if it is without.
        try (OriginAnswer whole = client.get(settings.origin(), ToOrigin.whole(asked))) {
          answer(exchange, whole);
        }
      }
    } catch (HttpError e) {
      metrics.failed();
      log.accept(settings.origin() + exchange.request().target() + ": " + e.getMessage());
      throw e;
    }
  }

  /** Answers, unless the origin sent a part of a page. */
  private boolean isPartOfAPage(Exchange exchange, Head asked, Optional<InputStream> body) throws IOException {
    try (OriginAnswer answer = client.ask(settings.origin(), asked, body)) {
      if (answer.head().status() == 206 && isHtml(answer.head())) {
        return true;
      }
      answer(exchange, answer);
      return false;
    }
  }

  private void answer(Exchange exchange, OriginAnswer answer) throws IOException {
    Head head = answer.head();
    boolean hasBody = head.status() != 304 && head.status() != 204;
    String coding = head.field("content-encoding").orElse("identity");
    boolean readable = coding.equalsIgnoreCase("identity") || Gzip.isName(coding);
    if (!hasBody || !isHtml(head) || !readable) {
      if (hasBody && isHtml(head)) {
        metrics.unreadable();
        log.accept(settings.origin() + exchange.request().target() + ": a page in the coding " + coding
            + " goes through as it is");
      }
      passThrough(exchange, answer);
    } else if (exchange.request().method().equals("HEAD")) {
      exchange.answer(head.status(), pageFields(head, OF_WHOLE_PAGE), OptionalLong.empty());
    } else {
      page(exchange, answer, !coding.equalsIgnoreCase("identity"));
    }
  }

  private static boolean isHtml(Head answer) {
    return answer.field("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  private void page(Exchange exchange, OriginAnswer answer, boolean packed) throws IOException {
    InputStream body = packed ? Gzip.unpacked(answer.body()) : answer.body();
    if (isWorthLooking(exchange.request(), answer)) {
      int most = settings.passing().lookAheadBytes();
      byte[] ahead = body.readNBytes(most + 1);
      if (ahead.length <= most && !TagScanner.hasTags(ahead)) {
        withoutTags(exchange, answer.head(), packed, ahead);
        return;
      }
      body = new SequenceInputStream(new ByteArrayInputStream(ahead), body);
    }
    metrics.assembled();
    List<Head.Field> fields = pageFields(answer.head(), OF_WHOLE_PAGE);
    PageRequest request = pageRequest(exchange.request());
    InputStream page = body;
    write(exchange, answer.head(), fields, OptionalLong.empty(), out -> report(pages.assemble(page, request, out)));
  }

  /** Only what says of which state it is can be kept, or asked for in parts. */
  private boolean isWorthLooking(Head request, OriginAnswer answer) throws HttpError {
    Head head = answer.head();
    return head.status() == 200 && request.method().equals("GET")
        && (head.field("etag").isPresent() || head.field("last-modified").isPresent())
        && answer.length().orElse(Long.MAX_VALUE) <= settings.passing().lookAheadBytes();
  }

  private void report(Problems problems) {
    metrics.problems(problems.count());
    problems.first().forEach(log);
    if (problems.count() > problems.first().size()) {
      log.accept("and " + (problems.count() - problems.first().size()) + " more problems on this page");
    }
  }

  private void withoutTags(Exchange exchange, Head head, boolean wasPacked, byte[] page) throws IOException {
    metrics.untouched();
    Conditions conditions = new Conditions(exchange.request());
    if (conditions.isNotModified(head)) {
      notModified(exchange, head);
      return;
    }
    List<Head.Field> fields = pageFields(head, OF_CODED_PAGE);
    try {
      Optional<Conditions.Part> part = conditions.part(head, page.length);
      if (part.isPresent()) {
        long length = part.get().last() - part.get().first() + 1;
        fields.add(new Head.Field("Content-Range",
            "bytes " + part.get().first() + "-" + part.get().last() + "/" + page.length));
        exchange.answer(206, fields, OptionalLong.of(length)).write(page, (int) part.get().first(), (int) length);
        return;
      }
    } catch (Conditions.NotThere e) {
      fields.add(new Head.Field("Content-Range", "bytes */" + page.length));
      exchange.answer(416, fields, OptionalLong.of(0));
      return;
    }
    write(exchange, head, wasPacked ? weakened(fields) : fields, OptionalLong.of(page.length), out -> out.write(page));
  }

  private static void notModified(Exchange exchange, Head head) throws IOException {
    List<Head.Field> fields = head.endToEnd().stream()
        .filter(field -> OF_NOT_MODIFIED.contains(field.name().toLowerCase(Locale.ROOT))).toList();
    exchange.answer(304, fields, OptionalLong.empty());
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** Writes a page, packed where the client takes it and a deflater is free. */
  private void write(Exchange exchange, Head head, List<Head.Field> fields, OptionalLong lengthBytes, Writing writing)
      throws IOException {
    boolean mayPack = gzip.packs() && Gzip.isAccepted(exchange.request()) && exchange.request().field("range").isEmpty()
        && !String.join(",", head.all("cache-control")).contains("no-transform");
    Optional<Gzip.Deflating> deflating = mayPack ? gzip.begin() : Optional.empty();
    if (deflating.isEmpty()) {
      writing.to(exchange.answer(head.status(), fields, lengthBytes));
      return;
    }
    try (Gzip.Deflating one = deflating.get()) {
      List<Head.Field> all = new ArrayList<>(weakened(fields));
      all.add(new Head.Field("Content-Encoding", "gzip"));
      DeflaterOutputStream packing = one.to(exchange.answer(head.status(), all, OptionalLong.empty()));
      writing.to(packing);
      packing.finish();
    }
  }

  /** The fields of a page; what it is depends on what the client takes. */
  private List<Head.Field> pageFields(Head head, Set<String> without) {
    List<Head.Field> fields = new ArrayList<>(head.endToEnd());
    fields.removeIf(field -> without.contains(field.name().toLowerCase(Locale.ROOT)));
    String vary = String.join(", ", head.all("vary"));
    if (gzip.packs() && !vary.equals("*") && !vary.toLowerCase(Locale.ROOT).contains("accept-encoding")) {
      fields.removeIf(field -> field.name().equalsIgnoreCase("vary"));
      fields.add(new Head.Field("Vary", vary.isEmpty() ? "Accept-Encoding" : vary + ", Accept-Encoding"));
    }
    return fields;
  }

  /** The same page in other bytes has the same tag only in the weak sense. */
  private static List<Head.Field> weakened(List<Head.Field> fields) {
    return fields.stream().map(field -> field.name().equalsIgnoreCase("etag") && !field.value().startsWith("W/")
        ? new Head.Field(field.name(), "W/" + field.value())
        : field).toList();
  }

  /** Fragments are shared by all who ask, so that nothing that is personal goes to their origins. */
  private PageRequest pageRequest(Head request) {
    String target = request.target();
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Variables variables = new Variables(path, mark < 0 ? "" : target.substring(mark + 1), request::field);
    return new PageRequest(new Address(settings.origin(), toOrigin.host(request), target), variables,
        settings.fragmentOrigins());
  }

  private void passThrough(Exchange exchange, OriginAnswer answer) throws IOException {
    metrics.passed();
    Head head = answer.head();
    if (exchange.request().field("if-none-match").isEmpty() && new Conditions(exchange.request()).isNotModified(head)) {
      notModified(exchange, head);
      if (answer.length().orElse(Long.MAX_VALUE) <= WORTH_READING_BYTES) {
        answer.body().transferTo(OutputStream.nullOutputStream());
      }
      return;
    }
    OutputStream out = exchange.answer(head.status(), head.endToEnd(), answer.length());
    answer.body().transferTo(out);
  }
}
