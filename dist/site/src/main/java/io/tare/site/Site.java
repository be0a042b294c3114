package io.tare.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code Site PROJECT FOLDER}: makes all pages. Which there are, and in which order, says {@code navigation.txt}. */
public final class Site {
  private static final String LOOK = "tool/report/src/main/resources/io/tare/report/look/";

  private final Path project;
  private final Path folder;
  private final Map<String, List<Page>> groups = new LinkedHashMap<>();

  private Site(Path project, Path folder) throws IOException {
    this.project = project;
    this.folder = folder;
    String group = "";
    for (String line : resource("navigation.txt").lines().toList()) {
      if (line.startsWith("  ")) {
        Objects.requireNonNull(groups.get(group)).add(Page.read(project, line.strip()));
      } else {
        group = line;
        groups.put(group, new ArrayList<>());
      }
    }
    List<Page> more = new ArrayList<>();
    for (String source : unlisted(project)) {
      more.add(Page.read(project, source));
    }
    if (!more.isEmpty()) {
      groups.put("More", more);
    }
  }

  public static void main(String[] words) throws IOException {
    int pages = build(Path.of(words[0]), Path.of(words[1]));
    System.out.println(pages + " pages: " + Path.of(words[1], "index.html"));
  }

  /** Makes the site in a folder, and says how many pages it has. */
  static int build(Path project, Path folder) throws IOException {
    Site site = new Site(project, folder);
    for (Page page : site.pages()) {
      site.write(page);
    }
    site.write("site.css", Files.readString(project.resolve(LOOK + "page.css")) + resource("site.css"));
    site.write("site.js", Files.readString(project.resolve(LOOK + "page.js")) + resource("site.js"));
    site.write("search.js", "var SECTIONS = [\n" + site.pages().stream().flatMap(page -> page.sections().stream())
        .map(Page.Section::json).collect(Collectors.joining(",\n")) + "\n];\n");
    return site.pages().size();
  }

  /** Pages that navigation.txt does not name yet. */
  private List<String> unlisted(Path project) throws IOException {
    List<String> listed = pages().stream().map(Page::source).toList();
    try (Stream<Path> below = Files.walk(project.resolve("docs"))) {
      return below.map(path -> project.relativize(path).toString())
          .filter(source -> source.endsWith(".md") && !listed.contains(source)).sorted().toList();
    }
  }

  private List<Page> pages() {
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private void write(Page page) throws IOException {
    String up = "../".repeat((int) page.html().chars().filter(c -> c == '/').count());
    StringBuilder html = new StringBuilder("""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <link rel="stylesheet" href="%ssite.css">
        </head>
        <body class="site" data-up="%s">
        <a class="skip" href="#content">To the text</a>
        <header class="top"><a class="brand" href="%sindex.html"><b>Tare</b></a>
        <label class="find">Search <input type="search" autocomplete="off" aria-controls="found"></label></header>
        <div id="found" role="status" hidden></div>
        <div class="columns">
        """.formatted(Page.escape(page.isFirst() ? "Tare" : page.title() + " · Tare"), up, up, up));
    navigation(html, page, up);
    html.append("<main id=\"content\">\n").append(Cast.played(project, page.body(this::linked)))
        .append(neighbours(page, up)).append("""
            </main>
            </div>
            <script src="%ssearch.js"></script>
            <script src="%ssite.js"></script>
            </body>
            </html>
            """.formatted(up, up));
    write(page.html(), html.toString());
  }

  private void navigation(StringBuilder html, Page current, String up) {
    html.append("<nav aria-label=\"Pages\"><details open><summary>All pages</summary>\n");
    groups.forEach((group, pages) -> {
      html.append("<h2>").append(Page.escape(group)).append("</h2>\n<ul>\n");
      pages.forEach(page -> html.append("<li><a href=\"").append(up).append(page.html()).append('"')
          .append(page.equals(current) ? " aria-current=\"page\"" : "").append('>').append(Page.escape(page.title()))
          .append("</a></li>\n"));
      html.append("</ul>\n");
    });
    html.append("</details></nav>\n");
  }

  private String neighbours(Page page, String up) {
    List<Page> all = pages();
    int at = all.indexOf(page);
    return "<p class=\"neighbours\">" + (at > 0 ? link(all.get(at - 1), up, "← ", "") : "<span></span>")
        + (at + 1 < all.size() ? link(all.get(at + 1), up, "", " →") : "") + "</p>\n";
  }

  private static String link(Page page, String up, String before, String after) {
    return "<a href=\"" + up + page.html() + "\">" + before + Page.escape(page.title()) + after + "</a>";
  }

  /** Where a link of a page leads: to another page, to a file that is taken along, or out of here. */
  private String linked(Page from, String address) {
    if (address.matches("[a-z]+:.*") || address.startsWith("#")) {
      return address;
    }
    int hash = address.indexOf('#');
    String fragment = hash < 0 ? "" : address.substring(hash);
    Path target = project.resolve(from.source()).resolveSibling(hash < 0 ? address : address.substring(0, hash))
        .normalize();
    String source = project.relativize(target).toString();
    String html = pages().stream().filter(page -> page.source().equals(source)).map(Page::html).findFirst()
        .orElseGet(() -> taken(target, source));
    return from.relative(html) + fragment;
  }

  /** A folder is listed, a file copied: so that every link of the pages leads somewhere without a network. */
  private String taken(Path target, String source) {
    String name = "files/" + source.replaceFirst("^\\.", "") + (Files.isDirectory(target) ? "/index.html" : "");
    try {
      Path copy = folder.resolve(name);
      Files.createDirectories(copy.getParent());
      if (Files.isDirectory(target)) {
        try (var below = Files.list(target)) {
          Files.writeString(copy,
              "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + Page.escape(source)
                  + "</title><style>body { overflow-wrap: anywhere; }</style><main><h1>" + Page.escape(source)
                  + "</h1><ul>" + below.sorted()
                      .map(path -> "<li>" + Page.escape(path.getFileName().toString()) + "</li>")
                      .collect(Collectors.joining())
                  + "</ul></main></html>");
        }
      } else {
        Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException missing) {
      throw new IllegalArgumentException("a link leads to " + source + ", which isn't there", missing);
    }
    return name;
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = Objects.requireNonNull(Site.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
