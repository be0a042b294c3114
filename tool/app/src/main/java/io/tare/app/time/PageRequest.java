package io.tare.app.time;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP request, as far as a page that only tells needs it: {@code GET /metrics HTTP/1.1} and two headers. What follows the
 * head is not read.
 *
 * @param path without what stands behind a question mark
 * @param host the {@code Host} header's name, without its port; empty when there is none
 * @param accept empty when the client does not say
 */
record PageRequest(String method, String path, Optional<String> host, String accept) {
  static final int MOST_BYTES = 8 << 10;

  /** A request that gets no page; the message is the sentence that it gets instead. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String status;

    Refused(String status, String sentence) {
      super(sentence);
      this.status = status;
    }

    String status() {
      return status;
    }
  }

  /** Reads up to the empty line that ends the head; empty when the client says nothing and goes. */
  static Optional<PageRequest> read(InputStream in) throws IOException, Refused {
    byte[] head = new byte[MOST_BYTES];
    int length = 0;
    while (!endsHead(head, length)) {
      if (length == head.length) {
        throw new Refused("431 Request Header Fields Too Large", "a request's head may have 8 KB");
      }
      int read = in.read(head, length, head.length - length);
      if (read < 0) {
        return Optional.empty();
      }
      length += read;
    }
    return Optional.of(parse(new String(head, 0, length, StandardCharsets.ISO_8859_1)));
  }

  private static boolean endsHead(byte[] head, int length) {
    String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    return text.contains("\r\n\r\n") || text.contains("\n\n");
  }

  static PageRequest parse(String head) throws Refused {
    List<String> lines = head.lines().takeWhile(line -> !line.isEmpty()).toList();
    String[] words = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new Refused("400 Bad Request", "this is no request of HTTP/1.1");
    }
    List<String> hosts = values(lines, "host");
    // A browser always says which host it means; only tools that speak HTTP/1.0 may leave it out.
    if (hosts.size() > 1 || (hosts.isEmpty() && !words[2].equals("HTTP/1.0"))) {
      throw new Refused("400 Bad Request", "a request names one host");
    }
    return new PageRequest(words[0], words[1].split("\\?", 2)[0],
        hosts.isEmpty() ? Optional.empty() : Optional.of(withoutPort(hosts.getFirst())),
        String.join(",", values(lines, "accept")));
  }

  private static List<String> values(List<String> lines, String header) {
    return lines.stream().skip(1).filter(line -> line.toLowerCase(Locale.ROOT).startsWith(header + ":"))
        .map(line -> line.substring(header.length() + 1).strip()).toList();
  }

  private static String withoutPort(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return (end > 0 ? host.substring(0, end) : host).replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
  }
}
