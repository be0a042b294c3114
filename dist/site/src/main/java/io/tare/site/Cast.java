package io.tare.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded terminal (asciicast 2) as a page has it: the whole text, in pieces that say when they came. A script shows one after the other; without
 * one all is there to read. Of a terminal's controls it knows colours and ends of lines, which is what {@code dist/site/record} writes.
 */
final class Cast {
  private static final Pattern LINK = Pattern
      .compile("<p><a href=\"([^\"]*files/(docs/[^\"]*\\.cast))\">(.*?)</a></p>");
  private static final Pattern EVENT = Pattern.compile("\\[([0-9.]+), \"o\", \"((?:[^\"\\\\]|\\\\.)*)\"\\]");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[([0-9;]*)m");
  private static final Pattern CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  private Cast() {}

  /** The page with a player in place of each link to a recording that is a paragraph of its own. */
  static String played(Path project, String html) throws IOException {
    StringBuilder page = new StringBuilder();
    Matcher link = LINK.matcher(html);
    while (link.find()) {
      String player = player(Files.readAllLines(project.resolve(link.group(2))), link.group(1), link.group(3));
      link.appendReplacement(page, Matcher.quoteReplacement(player));
    }
    return link.appendTail(page).toString();
  }

  private static String player(List<String> lines, String file, String title) {
    StringBuilder pieces = new StringBuilder();
    String look = "";
    for (String line : lines.subList(1, lines.size())) {
      Matcher event = EVENT.matcher(line);
      if (!event.matches()) {
        throw new IllegalArgumentException("not an event of a recording: " + line);
      }
      pieces.append(String.format(Locale.ROOT, "<span data-at=\"%.2f\">", Double.parseDouble(event.group(1))));
      look = coloured(text(event.group(2)), look, pieces);
      pieces.append("</span>");
    }
    return "<figure class=\"cast\"><pre tabindex=\"0\" role=\"region\" aria-label=\"" + title + "\">" + pieces
        + "</pre><figcaption><button type=\"button\" hidden>Play</button> " + title + " (<a href=\"" + file
        + "\">asciicast</a>)</figcaption></figure>";
  }

  private static String text(String json) {
    return ESCAPE.matcher(json).replaceAll(escape -> Matcher.quoteReplacement(escape.group(1) != null
        ? Character.toString(Integer.parseInt(escape.group(1), 16))
        : switch (escape.group(2)) {
          case "n" -> "\n";
          case "r" -> "";
          case "t" -> "\t";
          default -> escape.group(2);
        }));
  }

  /** Appends a text as spans of one look each; returns the look that goes on behind it. */
  private static String coloured(String text, String before, StringBuilder html) {
    String look = before;
    int at = 0;
    Matcher colour = COLOUR.matcher(text);
    while (colour.find()) {
      span(text.substring(at, colour.start()), look, html);
      String codes = colour.group(1);
      look = codes.isEmpty() || codes.equals("0") ? "" : (look + " c" + codes.replace(";", " c")).strip();
      at = colour.end();
    }
    span(text.substring(at), look, html);
    return look;
  }

  private static void span(String text, String look, StringBuilder html) {
    String shown = Page.escape(CONTROL.matcher(text).replaceAll(""));
    if (!shown.isEmpty()) {
      html.append(look.isEmpty() ? shown : "<span class=\"" + look + "\">" + shown + "</span>");
    }
  }
}
