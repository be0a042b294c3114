package io.tare.report.look;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The frame of a page that stands alone: its head, with a policy that lets nothing be loaded from anywhere and no script run but
 * the page's own.
 *
 * @param title the page's title; the tool's name is added
 * @param style what is added to the style that all pages have; may be empty
 * @param script what is added to the script that all pages have; may be empty
 * @param metas names and contents of further meta elements, by turns
 */
public record HtmlPage(String title, String style, String script, List<String> metas) {
  /** Follows the reader's choice of light or dark. */
  public static final List<String> LIGHT_AND_DARK = List.of("color-scheme", "light dark");

  private static final String NOTHING = "default-src 'none'; style-src 'unsafe-inline'; ";

  /** A page in the style that all pages have, with their script. */
  public static HtmlPage plain(String title) {
    return new HtmlPage(title, "", "", LIGHT_AND_DARK);
  }

  /**
   * What every page begins with.
   *
   * @param title who, as the user sees it: a program with its pid, a file, a command
   * @param facts when, and under which conditions
   * @param sentence the answer
   */
  public record Head(String kind, String title, List<String> facts, String sentence) {}

  /** Sets the head, and leaves it open for what more belongs into it. */
  public static void openHead(Html html, Head head) {
    html.open("header").open("p", "class", "brand").leaf("b", "Tare").text(" " + head.kind()).close();
    html.leaf("h1", head.title()).leaf("p", "facts",
        head.facts().stream().filter(fact -> !fact.isBlank()).collect(Collectors.joining(" · ")));
    if (!head.sentence().isBlank()) {
      html.leaf("p", "sentence", head.sentence());
    }
  }

  /** Sets the head. */
  public static void head(Html html, Head head) {
    openHead(html, head);
    html.close().newLine();
  }

  /** A page whose {@code html}, {@code body} and {@code main} are open. */
  public Html begin() {
    Html html = new Html().own("<!doctype html>\n").open("html", "lang", "en").newLine();
    html.open("head").newLine().single("meta", "charset", "utf-8").newLine();
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", policy()).newLine();
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").newLine();
    for (int i = 0; i < metas.size(); i += 2) {
      html.single("meta", "name", metas.get(i), "content", metas.get(i + 1)).newLine();
    }
    html.leaf("title", title + " \u00b7 Tare").newLine();
    html.open("style").own(resource(HtmlPage.class, "page.css")).own(style).close().newLine().close().newLine();
    return html.open("body").newLine().open("main").newLine();
  }

  /** Sets the scripts and ends the page, of which {@code html} and {@code body} are open. */
  public String end(Html html) {
    html.open("script").own(scripts()).close().newLine();
    return html.close().close().newLine().finish();
  }

  /** The text of a style or script that lies beside a class. */
  public static String resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String policy() {
    return NOTHING + "script-src 'sha256-" + digest(scripts()) + "'; base-uri 'none'; form-action 'none'";
  }

  private String scripts() {
    return resource(HtmlPage.class, "page.js") + script;
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
