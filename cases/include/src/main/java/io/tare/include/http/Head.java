package io.tare.include.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The first line of a request or an answer, and its fields. */
public record Head(String first, String second, String third, List<Field> fields) {
  /** They concern one connection only and are never passed on. */
  private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer",
      "transfer-encoding", "upgrade", "content-length", "expect");

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

  OptionalLong contentLength() throws HttpError {
    Optional<String> length = field("content-length");
    if (length.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long bytes = Long.parseLong(length.get());
      if (bytes >= 0) {
        return OptionalLong.of(bytes);
      }
    } catch (NumberFormatException notANumber) {
      throw new HttpError(400, "Content-Length is not a number: " + length.get(), notANumber);
    }
    throw new HttpError(400, "Content-Length is negative");
  }

  boolean isChunked() {
    return field("transfer-encoding").filter(value -> value.toLowerCase(Locale.ROOT).contains("chunked")).isPresent();
  }

  boolean keepsAlive() {
    String connection = field("connection").orElse("").toLowerCase(Locale.ROOT);
    return (first.equals("HTTP/1.0") || third.equals("HTTP/1.0"))
        ? connection.contains("keep-alive")
        : !connection.contains("close");
  }

  /** The fields that may go on to the next server or client. */
  public List<Field> endToEnd() {
    List<Field> passed = new ArrayList<>();
    for (Field field : fields) {
      if (!HOP_BY_HOP.contains(field.name().toLowerCase(Locale.ROOT))) {
        passed.add(field);
      }
    }
    return passed;
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Status";
    };
  }
}
