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

/**
 * The frame of a page that stands alone: its head, with a policy that lets nothing be loaded from anywhere and no script run but
 * the page's own.
 *
 * @param title the page's title; the tool's name is added
 * @param style what is added to the style that all pages have; may be empty
 * @param script the page's own script; empty for none
 * @param metas names and contents of further meta elements, by turns
 */
public record HtmlPage(String title, String style, String script, List<String> metas) {
  /** Follows the reader's choice of light or dark. */
  public static final List<String> LIGHT_AND_DARK = List.of("color-scheme", "light dark");

  private static final String NOTHING = "default-src 'none'; style-src 'unsafe-inline'; ";

  /** A page without a script, in the style that all pages have. */
  public static HtmlPage plain(String title) {
    return new HtmlPage(title, "", "", LIGHT_AND_DARK);
  }

  /** A text as a page of its own, set as it is: for what is read from top to bottom and has nothing to click. */
  public static String ofText(String title, String text) {
    Html html = plain(title).begin();
    html.open("header").leaf("p", "brand", "Tare").leaf("h1", title).close().newLine().open("pre");
    text.lines().forEach(line -> html.text(line).newLine());
    return html.close().newLine().close().newLine().close().newLine().close().newLine().finish();
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

  /** Sets the page's script and ends the page, of which {@code html} and {@code body} are open. */
  public String end(Html html) {
    html.open("script").own(script).close().newLine();
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
    String scripts = script.isEmpty() ? "" : "script-src 'sha256-" + digest(script) + "'; ";
    return NOTHING + scripts + "base-uri 'none'; form-action 'none'";
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
