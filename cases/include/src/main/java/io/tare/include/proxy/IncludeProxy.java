package io.tare.include.proxy;

import io.tare.include.expression.Variables;
import io.tare.include.fragment.Address;
import io.tare.include.http.Exchange;
import io.tare.include.http.Handler;
import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import io.tare.include.http.OriginAnswer;
import io.tare.include.http.OriginClient;
import io.tare.include.page.PageRequest;
import io.tare.include.page.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Passes requests on to the origin, and assembles the answers that are pages. Everything else goes through as it is. */
public final class IncludeProxy implements Handler {
  /** They depend on the page's length or bytes, which assembling changes. */
  private static final Set<String> OF_WHOLE_PAGE = Set.of("content-length", "etag", "last-modified", "accept-ranges",
      "surrogate-control", "content-md5");
  /** Not passed on: what is compressed can't be scanned, what is conditional or partial can't be assembled. */
  private static final Set<String> NOT_ASKED = Set.of("accept-encoding", "range", "if-range", "if-none-match",
      "if-modified-since", "host");

  private final Settings settings;
  private final OriginClient client;
  private final PageHandler pages;
  private final Consumer<String> log;

  public IncludeProxy(Settings settings, OriginClient client, PageHandler pages, Consumer<String> log) {
    this.settings = settings;
    this.client = client;
    this.pages = pages;
    this.log = log;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Head request = exchange.request();
    if (!request.target().startsWith("/")) {
      throw new HttpError(400, "the target must be a path, not " + request.target());
    }
    Head toOrigin = Head.request(request.method(), request.target(), fieldsFor(request));
    try (OriginAnswer answer = client.ask(settings.origin(), toOrigin, exchange.requestBody())) {
      if (isPage(answer.head())) {
        page(exchange, answer);
      } else {
        passThrough(exchange, answer);
      }
    } catch (HttpError e) {
      log.accept(settings.origin() + request.target() + ": " + e.getMessage());
      throw e;
    }
  }

  private List<Head.Field> fieldsFor(Head request) throws HttpError {
    List<Head.Field> fields = without(request.endToEnd(), NOT_ASKED);
    OptionalLong length = request.contentLength();
    if (length.isPresent() && request.mayHaveBody()) {
      fields.add(new Head.Field("Content-Length", Long.toString(length.getAsLong())));
    }
    fields.add(new Head.Field("Host", settings.origin().toString()));
    return fields;
  }

  private static List<Head.Field> without(List<Head.Field> fields, Set<String> names) {
    List<Head.Field> left = new ArrayList<>(fields);
    left.removeIf(field -> names.contains(field.name().toLowerCase(Locale.ROOT)));
    return left;
  }

  private static boolean isPage(Head answer) {
    return answer.field("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html")
        && answer.field("content-encoding").isEmpty() && answer.status() != 304 && answer.status() != 204;
  }

  private void page(Exchange exchange, OriginAnswer answer) throws IOException {
    OutputStream out = exchange.answer(answer.head().status(), without(answer.head().endToEnd(), OF_WHOLE_PAGE),
        OptionalLong.empty());
    Problems problems = pages.assemble(answer.body(), pageRequest(exchange.request()), out);
    problems.first().forEach(log);
    if (problems.count() > problems.first().size()) {
      log.accept("and " + (problems.count() - problems.first().size()) + " more problems on this page");
    }
  }

  /** Fragments are shared by all who ask, so that nothing that is personal goes to their origins. */
  private PageRequest pageRequest(Head request) {
    String target = request.target();
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Variables variables = new Variables(path, mark < 0 ? "" : target.substring(mark + 1), request::field);
    return new PageRequest(new Address(settings.origin(), target), variables,
        List.of(new Head.Field("Host", settings.origin().toString())), settings.fragmentOrigins());
  }

  private static void passThrough(Exchange exchange, OriginAnswer answer) throws IOException {
    OptionalLong length = answer.length();
    OutputStream out = exchange.answer(answer.head().status(), answer.head().endToEnd(), length);
    answer.body().transferTo(out);
  }
}
