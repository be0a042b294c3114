package io.tare.report.html;

/** A text as a page of its own, set as it is: for what is read from top to bottom and has nothing to click. */
public final class TextPage {
  private TextPage() {}

  public static String render(String title, String text) {
    Html html = new Html();
    html.own("<!doctype html>\n").open("html", "lang", "en").newLine().open("head").newLine();
    html.single("meta", "charset", "utf-8").newLine();
    html.single("meta", "http-equiv", "Content-Security-Policy", "content",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'").newLine();
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").newLine();
    html.single("meta", "name", "color-scheme", "content", "light dark").newLine();
    html.leaf("title", title + " · Tare").newLine();
    html.open("style").own(PageResources.style()).close().newLine().close().newLine();
    html.open("body").newLine().open("main").newLine().open("header").leaf("p", "brand", "Tare").leaf("h1", title)
        .close().newLine().open("pre");
    text.lines().forEach(line -> html.text(line).newLine());
    return html.close().newLine().close().newLine().close().newLine().close().newLine().finish();
  }
}
