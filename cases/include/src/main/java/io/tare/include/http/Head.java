package io.tare.include.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first line of a request or an answer, and its fields. */
public record Head(String first, String second, String third, List<Field> fields) {
  /** They concern one connection only and are never passed on. */
  private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer",
      "transfer-encoding", "upgrade", "http2-settings", "content-length", "expect");

  private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern TARGET = Pattern.compile("[\\x21-\\x7E]+");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~%!$&'()*+,;=:\\[\\]-]*");
  private static final Pattern WITH_HOST = Pattern.compile("(?i:http)://([^/?#]*)(.*)");

  private static final String OLD = "HTTP/1.0";

  /** One header field. */
  public record Field(String name, String value) {}

  public Head {
    fields = List.copyOf(fields);
  }

  public static Head request(String method, String target, List<Field> fields) {
    return new Head(method, target, "HTTP/1.1", fields);
  }

  public static Head answer(int status, List<Field> fields) {
    return new Head("HTTP/1.1", Integer.toString(status), reason(status), fields);
  }

  public Optional<String> field(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  public String method() {
    return first;
  }

  public String target() {
    return second;
  }

  public int status() {
    return Integer.parseInt(second);
  }

  public boolean isOk() {
    return status() >= 200 && status() < 300;
  }

  /** How long the body says to be. Where two lengths stand, or one that is not plain digits, two readers may see two messages: refused. */
  public OptionalLong contentLength() throws HttpError {
    List<String> lengths = all("content-length");
    if (lengths.isEmpty()) {
      return OptionalLong.empty();
    }
    if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
      throw new HttpError(400, lengths.size() > 1
          ? "Content-Length is given " + lengths.size() + " times"
          : "Content-Length is not a number: " + lengths.getFirst());
    }
    return OptionalLong.of(Long.parseLong(lengths.getFirst()));
  }

  /** Whether the body comes in chunks; any other coding is one that this program can't tell the end of. */
  boolean isChunked() throws HttpError {
    List<String> codings = all("transfer-encoding");
    if (codings.isEmpty()) {
      return false;
    }
    if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new HttpError(400, "Transfer-Encoding must be chunked and nothing else, not " + String.join(", ", codings));
    }
    if (!all("content-length").isEmpty()) {
      throw new HttpError(400, "Content-Length and Transfer-Encoding exclude each other");
    }
    if (first.equals(OLD) || third.equals(OLD)) {
      throw new HttpError(400, "HTTP/1.0 has no Transfer-Encoding");
    }
    return true;
  }

  /** Every value of a field, in order. */
  public List<String> all(String name) {
    return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).toList();
  }

  /**
   * This request with a path as its target, or {@code *}. It must say whom it is meant for, once: two servers that pick different
   * ones would answer for different sites.
   *
   * @throws HttpError when it is no request of HTTP/1, or of a kind that is not served
   */
  Head asRequest() throws HttpError {
    if (!third.equals("HTTP/1.1") && !third.equals(OLD)) {
      throw new HttpError(third.matches("HTTP/[0-9](\\.[0-9])?") ? 505 : 400,
          "not a first line of HTTP/1: " + first + " " + second + " " + third);
    }
    if (!METHOD.matcher(first).matches() || !TARGET.matcher(second).matches()) {
      throw new HttpError(400, "not a method and a target: " + first + " " + second);
    }
    if (first.equals("CONNECT") || first.equals("TRACE")) {
      throw new HttpError(405, first + " is not served here");
    }
    List<String> hosts = all("host");
    if (hosts.size() > 1 || (hosts.isEmpty() && !third.equals(OLD))) {
      throw new HttpError(400, hosts.isEmpty() ? "there is no Host field" : "Host is given " + hosts.size() + " times");
    }
    if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
      throw new HttpError(400, "Host is not a host: " + hosts.getFirst());
    }
    if (second.startsWith("/") || (second.equals("*") && first.equals("OPTIONS"))) {
      return this;
    }
    return withoutHostInTarget(hosts);
  }

  /** What is asked of a proxy names its host in the target too; both must name the same one. */
  private Head withoutHostInTarget(List<String> hosts) throws HttpError {
    Matcher whole = WITH_HOST.matcher(second);
    if (!whole.matches() || whole.group(1).isEmpty() || !HOST.matcher(whole.group(1)).matches()) {
      throw new HttpError(400, "the target must be a path, or begin with http:// and a host, not " + second);
    }
    String host = whole.group(1);
    if (!hosts.isEmpty() && !hosts.getFirst().equalsIgnoreCase(host)) {
      throw new HttpError(400, "the target says " + host + " and Host says " + hosts.getFirst());
    }
    List<Field> all = new ArrayList<>(fields);
    if (hosts.isEmpty()) {
      all.add(new Field("Host", host));
    }
    String path = whole.group(2);
    String target = path.startsWith("/") ? path : first.equals("OPTIONS") && path.isEmpty() ? "*" : "/" + path;
    return new Head(first, target, third, all);
  }

  /** Whether a body follows a request: one that names neither a length nor chunks has none, whatever its method. */
  public boolean hasBody() throws HttpError {
    return isChunked() || contentLength().isPresent();
  }

  /** Whether asking twice does no more than asking once. */
  boolean mayBeRepeated() {
    return first.equals("GET") || first.equals("HEAD") || first.equals("OPTIONS");
  }

  /** The fields but those of these names, which are in small letters. */
  public List<Field> without(Set<String> names) {
    return fields.stream().filter(field -> !names.contains(field.name().toLowerCase(Locale.ROOT))).toList();
  }

  boolean keepsAlive() {
    String connection = field("connection").orElse("").toLowerCase(Locale.ROOT);
    return (first.equals(OLD) || third.equals(OLD))
        ? connection.contains("keep-alive")
        : !connection.contains("close");
  }

  /** The fields that may go on to the next server or client: not those of one connection, nor those that Connection says are. */
  public List<Field> endToEnd() {
    Set<String> ofThisConnection = new HashSet<>(HOP_BY_HOP);
    for (String named : all("connection")) {
      for (String name : named.split(",")) {
        ofThisConnection.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return fields.stream().filter(field -> !ofThisConnection.contains(field.name().toLowerCase(Locale.ROOT))).toList();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 206 -> "Partial Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 416 -> "Range Not Satisfiable";
      case 417 -> "Expectation Failed";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
