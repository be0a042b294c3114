package io.tare.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A page of Markdown.
 *
 * @param source its file, from the project's folder
 * @param html the page's file, from the site's folder
 */
record Page(String source, String html, String title, String markdown) {
  private static final List<org.commonmark.Extension> EXTENSIONS = List.of(TablesExtension.create(),
      HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private static final Pattern HEADING = Pattern.compile("(?s)<h([1-4]) id=\"([^\"]*)\">(.*?)</h\\1>");
  private static final Pattern COMMENT = Pattern.compile("(?m)^<!--.*-->\\n");

  /** What stands below one heading, as the search knows it. */
  record Section(String address, String page, String heading, String text) {
    String json() {
      return "[" + quoted(address) + "," + quoted(page) + "," + quoted(heading) + "," + quoted(text) + "]";
    }

    private static String quoted(String text) {
      return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("<", "\\u003c").replace("\n", " ") + "\"";
    }
  }

  static Page read(Path project, String source) throws IOException {
    String markdown = COMMENT.matcher(Files.readString(project.resolve(source))).replaceAll("");
    String title = markdown.lines().filter(line -> line.startsWith("# ")).findFirst().orElse(source)
        .replaceFirst("^# ", "").replace("`", "");
    String name = source.equals("README.md")
        ? "index.html"
        : source.replaceFirst("README\\.md$", "index.html").replaceFirst("\\.md$", ".html");
    return new Page(source, source.equals("docs/index.md") ? "docs/questions.html" : name, title, markdown);
  }

  boolean isFirst() {
    return html.equals("index.html");
  }

  /** The text as HTML; links go where the site has what they lead to. */
  String body(BiFunction<Page, String, String> linked) {
    Node document = PARSER.parse(markdown);
    document.accept(new AbstractVisitor() {
      @Override
      public void visit(Link link) {
        link.setDestination(linked.apply(Page.this, link.getDestination()));
        visitChildren(link);
      }
    });
    return RENDERER.render(document).replace("<table>", "<div class=\"wide\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>").replace("<pre>", "<pre tabindex=\"0\">")
        // A column without a name has no heading.
        .replaceAll("<th( [^>]*)?></th>", "<td$1></td>");
  }

  /** The way from this page to a file of the site. */
  String relative(String file) {
    Path here = Path.of("/" + html).getParent();
    return here == null ? file : here.relativize(Path.of("/" + file)).toString();
  }

  List<Section> sections() {
    String rendered = RENDERER.render(PARSER.parse(markdown));
    List<Section> sections = new ArrayList<>();
    Matcher heading = HEADING.matcher(rendered);
    int begin = -1;
    String id = "";
    String name = title;
    while (heading.find()) {
      if (begin >= 0) {
        sections.add(new Section(html + "#" + id, title, name, text(rendered.substring(begin, heading.start()))));
      }
      begin = heading.end();
      id = heading.group(2);
      name = text(heading.group(3));
    }
    sections.add(new Section(html + "#" + id, title, name, text(rendered.substring(Math.max(begin, 0)))));
    return sections;
  }

  private static String text(String rendered) {
    return rendered.replaceAll("<[^>]+>", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
        .replace("&amp;", "&").replaceAll("\\s+", " ").strip();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
