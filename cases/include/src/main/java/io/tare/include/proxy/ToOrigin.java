package io.tare.include.proxy;

import io.tare.include.http.Exchange;
import io.tare.include.http.Gzip;
import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A client's request as the origin gets it: method, target, length of the body and fields as they came, but for what is said here. */
final class ToOrigin {
  private static final Set<String> OF_HOPS = Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host",
      "forwarded");
  private static final String VIA = "1.1 include";

  private final Settings settings;

  ToOrigin(Settings settings) {
    this.settings = settings;
  }

  /** What the origin is asked for. */
  String host(Head request) {
    return settings.passing().host().orElseGet(() -> request.field("host").filter(host -> !host.isEmpty())
        .orElse(settings.origin().toString()));
  }

  Head request(Exchange exchange) throws HttpError {
    Head request = exchange.request();
    List<Head.Field> fields = new ArrayList<>(request.endToEnd());
    fields.removeIf(field -> isReplaced(field.name().toLowerCase(Locale.ROOT), request));
    fields.addFirst(new Head.Field("Host", host(request)));
    if (Gzip.isAccepted(request) && request.field("range").isEmpty()) {
      fields.add(new Head.Field("Accept-Encoding", "gzip"));
    }
    OptionalLong length = request.contentLength();
    if (length.isPresent()) {
      fields.add(new Head.Field("Content-Length", Long.toString(length.getAsLong())));
    }
    addHops(exchange, fields);
    return Head.request(request.method(), request.target(), fields);
  }

  /** The same question without a part in it, and unpacked. */
  static Head whole(Head request) {
    return Head.request(request.method(), request.target(),
        request.without(Set.of("range", "if-range", "accept-encoding")));
  }

  private boolean isReplaced(String name, Head request) {
    return switch (name) {
      // What comes packed otherwise can't be scanned.
      case "host", "accept-encoding" -> true;
      // A time says nothing about the fragments of a page: it is compared with what comes back.
      case "if-modified-since" -> isRead(request) && request.field("if-none-match").isEmpty();
      // Parts of a page are cut here, and more than one at once is not.
      case "range", "if-range" -> !isRead(request) || request.field("range").orElse("").contains(",");
      default -> OF_HOPS.contains(name) && !settings.passing().trustsClient();
    };
  }

  static boolean isRead(Head request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private void addHops(Exchange exchange, List<Head.Field> fields) {
    String host = exchange.request().field("host").orElse("");
    if (settings.passing().forwarded().hasX()) {
      append(fields, "X-Forwarded-For", exchange.client());
      addIfMissing(fields, "X-Forwarded-Proto", "http");
      addIfMissing(fields, "X-Forwarded-Host", host);
    }
    if (settings.passing().forwarded().hasRfc()) {
      String client = exchange.client().contains(":") ? "\"[" + exchange.client() + "]\"" : exchange.client();
      append(fields, "Forwarded", "for=" + client + ";proto=http" + (host.isEmpty() ? "" : ";host=\"" + host + "\""));
    }
    append(fields, "Via", VIA);
  }

  /** Behind what earlier hops said, in one field. */
  private static void append(List<Head.Field> fields, String name, String value) {
    List<String> all = new ArrayList<>();
    fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Head.Field::value).forEach(all::add);
    all.add(value);
    fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    fields.add(new Head.Field(name, String.join(", ", all)));
  }

  private static void addIfMissing(List<Head.Field> fields, String name, String value) {
    Optional<Head.Field> there = fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst();
    if (there.isEmpty() && !value.isEmpty()) {
      fields.add(new Head.Field(name, value));
    }
  }
}
