package io.tare.include.load;

import io.tare.include.http.Exchange;
import io.tare.include.http.Handler;
import io.tare.include.http.Head;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin to ask: {@code /page/N} with includes of {@code /fragment/M}, {@code /plain/N} without any tag, files of a folder
 * for everything else. Pages are not to be cached, fragments for as long as {@code maxAgeSeconds} says.
 */
public final class DemoOrigin implements Handler {
  private static final Pattern PAGE = Pattern.compile("/(page|plain|fragment)/(\\d{1,9})");
  private static final int PARAGRAPHS_OF_PAGE = 40;
  private static final int PARAGRAPHS_OF_FRAGMENT = 8;

  private final int includesOfPage;
  private final int maxAgeSeconds;
  private final Optional<Path> folder;

  public DemoOrigin(int includesOfPage, int maxAgeSeconds, Optional<Path> folder) {
    this.includesOfPage = includesOfPage;
    this.maxAgeSeconds = maxAgeSeconds;
    this.folder = folder;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String target = exchange.request().target();
    String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    Matcher page = PAGE.matcher(path);
    if (page.matches()) {
      made(exchange, page.group(1), Integer.parseInt(page.group(2)));
    } else {
      file(exchange, path);
    }
  }

  private void made(Exchange exchange, String kind, int number) throws IOException {
    switch (kind) {
      case "page" -> html(exchange, "no-store", page(number, includesOfPage));
      case "plain" -> html(exchange, "no-store", page(number, 0));
      default -> html(exchange, "max-age=" + maxAgeSeconds, paragraphs(number, PARAGRAPHS_OF_FRAGMENT));
    }
  }

  /** The page of a number: the same one each time. */
  public static String page(int number, int includes) {
    StringBuilder page = new StringBuilder("<html><head><title>" + number + "</title></head>\n<body>\n");
    for (int part = 0; part < Math.max(1, includes); part++) {
      page.append(paragraphs(part, PARAGRAPHS_OF_PAGE / Math.max(1, includes)));
      if (part < includes) {
        page.append("<esi:include src=\"/fragment/").append(number * (long) includes + part)
            .append("\" onerror=\"continue\"/>\n");
      }
    }
    return page.append("</body></html>\n").toString();
  }

  private static String paragraphs(int number, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(
          """
              <p class="body">The quick brown fox is resigned to resize the lazy dog; <a href="/read?id=%d&amp;part=%d">read on</a>,
              see the <b>residence</b> of the desired physician.</p>
              """
              .formatted(number, i));
    }
    return text.toString();
  }

  private void file(Exchange exchange, String path) throws IOException {
    Optional<Path> file = folder.map(root -> root.resolve(path.substring(1)).normalize())
        .filter(found -> found.startsWith(folder.get()) && Files.isRegularFile(found));
    if (file.isEmpty()) {
      exchange.answerText(404, "no " + path);
    } else {
      html(exchange, "max-age=" + maxAgeSeconds, Files.readString(file.get(), StandardCharsets.ISO_8859_1));
    }
  }

  private static void html(Exchange exchange, String control, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    exchange.answer(200, List.of(new Head.Field("Content-Type", "text/html"), new Head.Field("Cache-Control", control)),
        OptionalLong.of(bytes.length)).write(bytes);
  }
}
