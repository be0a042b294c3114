package io.tare.fleet.ask;

import io.tare.fleet.ask.Asking.FleetAnswer;
import io.tare.report.look.Columns;
import io.tare.report.look.Count;
import io.tare.report.look.Format;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.JsonWriter;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer as text, JSON, CSV or a page. */
public final class AnswerForms {
  private static final int WIDEST_TEXT = 44;
  private static final int MOST_BARS = 20;

  private final FleetAnswer answer;
  private final Units units;

  private AnswerForms(FleetAnswer answer, Units units) {
    this.answer = answer;
    this.units = units;
  }

  public static String render(FleetAnswer answer, Format format, TextOptions options) {
    AnswerForms forms = new AnswerForms(answer, options.units());
    return switch (format) {
      case TEXT -> forms.text(options);
      case JSON -> forms.json();
      case CSV -> forms.csv();
      case HTML -> forms.html();
      case OPENMETRICS -> throw new IllegalArgumentException("answers have no form in OpenMetrics");
    };
  }

  private String span() {
    return from() + " to " + to();
  }

  private Instant from() {
    return to().minus(answer.window().since());
  }

  private Instant to() {
    return Instant.ofEpochSecond(answer.window().now());
  }

  private List<String> columns() {
    return answer.table().columns();
  }

  private String cell(List<Optional<Object>> row, int column) {
    return Cell.words(columns().get(column), row.get(column), units);
  }

  private boolean isRight(int column) {
    return answer.table().rows().stream().allMatch(row -> Cell.isNumber(columns().get(column), row.get(column)));
  }

  private String text(TextOptions options) {
    Page page = new Page(options);
    if (!answer.question().title().isEmpty()) {
      page.prose(0, answer.question().title(), Style.BOLD);
    }
    page.line().add(span(), Style.FAINT);
    page.blank();
    if (answer.table().rows().isEmpty()) {
      page.prose(2, "Nothing.", Style.PLAIN);
    } else {
      table(page);
    }
    if (!answer.question().hint().isEmpty()) {
      page.blank();
      page.prose(0, answer.question().hint(), Style.FAINT);
    }
    answer.notes().forEach(note -> page.prose("note: ", note, Style.FAINT));
    return page.print();
  }

  private void table(Page page) {
    List<Integer> widths = new ArrayList<>();
    int left = page.width();
    for (int i = 0; i < columns().size(); i++) {
      int width = Columns.of(Cell.title(columns().get(i)));
      for (List<Optional<Object>> row : answer.table().rows()) {
        width = Math.max(width, Columns.of(cell(row, i)));
      }
      width = Math.min(width, WIDEST_TEXT);
      if (width > left && i > 0) {
        break;
      }
      widths.add(width);
      left -= width + 2;
    }
    Line head = page.line();
    set(head, widths, columns().stream().map(Cell::title).toList(), Style.FAINT);
    for (List<Optional<Object>> row : answer.table().rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < widths.size(); i++) {
        cells.add(cell(row, i));
      }
      set(page.line(), widths, cells, Style.PLAIN);
    }
    if (widths.size() < columns().size()) {
      page.blank();
      page.prose("note: ", "the page is too narrow for " + String.join(", ",
          columns().subList(widths.size(), columns().size()).stream().map(Cell::title).toList())
          + "; --width, --format csv and --format html show them", Style.FAINT);
    }
  }

  private void set(Line line, List<Integer> widths, List<String> cells, Style style) {
    int at = 0;
    for (int i = 0; i < widths.size(); i++) {
      int end = at + widths.get(i);
      if (isRight(i)) {
        line.right(end, cells.get(i), style);
      } else {
        line.to(at).fit(end, cells.get(i), style);
      }
      at = end + 2;
    }
  }

  private String json() {
    Window window = answer.window();
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.fleet-answer/1")
        .field("question", answer.question().name()).field("title", answer.question().title())
        .field("from", from().toString()).field("to", to().toString()).decimal("price", window.price())
        .strings("columns", columns()).beginArray("rows");
    for (List<Optional<Object>> row : answer.table().rows()) {
      json.beginObject();
      for (int i = 0; i < columns().size(); i++) {
        field(json, columns().get(i), plain(i, row.get(i)));
      }
      json.endObject();
    }
    return json.endArray().strings("notes", answer.notes()).endObject().finish();
  }

  /** For programs: bytes are whole, also where they are a mean; what is no number is not known. */
  private Optional<Object> plain(int column, Optional<Object> value) {
    return value.flatMap(one -> {
      if (!(one instanceof Double number)) {
        return value;
      }
      if (number.isNaN() || number.isInfinite()) {
        return Optional.empty();
      }
      return Optional.of(columns().get(column).endsWith("_b") ? (Object) Math.round(number) : number);
    });
  }

  private static void field(JsonWriter json, String name, Optional<Object> value) {
    switch (value.orElse("")) {
      case Number number when Cell.isWhole(number) -> json.field(name, number.longValue());
      case Number number -> json.field(name, number.doubleValue());
      case Boolean flag -> json.field(name, flag);
      case Object other -> {
        if (value.isEmpty()) {
          json.nothing(name);
        } else {
          json.field(name, other.toString());
        }
      }
    }
  }

  /** Plain values: bytes, times in seconds; empty is not known. */
  private String csv() {
    StringBuilder out = new StringBuilder(String.join(",", columns())).append('\n');
    for (List<Optional<Object>> row : answer.table().rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns().size(); i++) {
        cells.add(quoted(plain(i, row.get(i)).map(Object::toString).orElse("")));
      }
      out.append(String.join(",", cells)).append('\n');
    }
    return out.toString();
  }

  private static String quoted(String value) {
    // A spreadsheet would take what begins like that for a formula.
    String safe = value.matches("[=+@\t\r].*") || (value.startsWith("-") && !value.matches("-[\\d.E+-]+"))
        ? "'" + value
        : value;
    return safe.matches("(?s).*[,\"\n\r].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  private String html() {
    String title = answer.question().title().isEmpty() ? "A question of one's own" : answer.question().title();
    HtmlPage page = HtmlPage.plain("Fleet: " + answer.question().name());
    Html html = page.begin();
    HtmlPage.head(html, new Head("asks a fleet", answer.question().name(), List.of(span()), title));
    bars(html);
    html.open("section").leaf("h2", Count.of(answer.table().rows().size(), "row"));
    if (!answer.question().hint().isEmpty()) {
      html.leaf("p", "hint", answer.question().hint());
    }
    html.wideTable(answer.question().name(), columns().stream().map(Cell::title).toList());
    for (List<Optional<Object>> row : answer.table().rows()) {
      html.open("tr");
      for (int i = 0; i < columns().size(); i++) {
        cell(html, i, cell(row, i));
      }
      html.close().newLine();
    }
    html.endWideTable().close().newLine();
    if (!answer.notes().isEmpty()) {
      html.open("section").leaf("h2", "What else is to be said").open("ul");
      answer.notes().forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
    return page.end(html.close().newLine());
  }

  /** Numbers to the right; a long text may wrap, a short one takes no more than it needs. */
  private void cell(Html html, int column, String text) {
    if (isRight(column)) {
      html.leaf("td", "n", text);
    } else if (answer.table().rows().stream().anyMatch(row -> cell(row, column).length() > WIDEST_TEXT)) {
      html.leaf("td", "name", text);
    } else {
      html.open("td", "style", "white-space:nowrap").text(text).close();
    }
  }

  /** The first rows as bars: what is big is seen before it is read. */
  private void bars(Html html) {
    List<String> chart = answer.question().chart();
    if (chart.isEmpty() || answer.table().rows().isEmpty()) {
      return;
    }
    int name = columns().indexOf(chart.getFirst());
    int value = columns().indexOf(chart.getLast());
    List<List<Optional<Object>>> rows = answer.table().rows().stream().filter(row -> number(row, value) > 0)
        .limit(MOST_BARS).toList();
    double most = rows.stream().mapToDouble(row -> number(row, value)).max().orElse(0);
    if (most <= 0) {
      return;
    }
    html.open("section").leaf("h2", Cell.title(chart.getLast()) + " by " + Cell.title(chart.getFirst()));
    html.wideTable("bars", List.of(Cell.title(chart.getFirst()), Cell.title(chart.getLast()), ""));
    for (List<Optional<Object>> row : rows) {
      html.open("tr").leaf("td", "name", cell(row, name)).leaf("td", "n", cell(row, value)).open("td", "class", "swing")
          .open("i", "class", "fill up", "style", Html.width(number(row, value) / most)).close().close().close()
          .newLine();
    }
    html.endWideTable().close().newLine();
  }

  private static double number(List<Optional<Object>> row, int column) {
    return row.get(column).map(one -> ((Number) one).doubleValue()).orElse(0.0);
  }
}
