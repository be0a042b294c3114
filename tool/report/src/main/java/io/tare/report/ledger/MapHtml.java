package io.tare.report.ledger;

import io.tare.model.ledger.Ledger;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ledger as a map: the area of a tile is its bytes, its colour the kind. */
final class MapHtml {
  private static final double WIDTH = 100;
  private static final double HEIGHT = 44;

  private final Html html;
  private final Ledger ledger;
  private final Units units;

  MapHtml(Html html, Ledger ledger, Units units) {
    this.html = html;
    this.ledger = ledger;
    this.units = units;
  }

  void write() {
    List<LedgerRows.Row> rows = rows();
    List<Treemap.Tile> tiles = Treemap.layout(rows.stream().map(LedgerRows.Row::bytes).toList(), WIDTH, HEIGHT);
    html.open("section").leaf("h2", "Where the bytes are");
    html.leaf("p", "hint",
        "The area of a tile is its bytes, its colour the kind. Point at a tile, or move to it with Tab.");
    html.open("div", "class", "map");
    for (int i = 0; i < rows.size(); i++) {
      tile(rows.get(i), tiles.get(i));
    }
    html.close().close().newLine();
  }

  private List<LedgerRows.Row> rows() {
    List<LedgerRows.Row> rows = new ArrayList<>(LedgerRows.notable(ledger));
    if (ledger.unexplainedBytes() > 0) {
      rows.add(LedgerRows.Row.unexplained(ledger.unexplainedBytes()));
    }
    rows.sort(Comparator.comparingLong(LedgerRows.Row::bytes).reversed());
    return rows;
  }

  private void tile(LedgerRows.Row row, Treemap.Tile tile) {
    String bytes = units.format(row.bytes());
    String style = Html.leftWidth(tile.x() / WIDTH, tile.width() / WIDTH) + ";top:" + Html.percent(tile.y() / HEIGHT)
        + ";height:" + Html.percent(tile.height() / HEIGHT);
    html.open("a", "class", "tile " + LedgerHtml.kind(row.kind()), "style", style, "href",
        "#" + AccountsHtml.anchor(row.id()));
    html.open("span", "class", "label").leaf("b", shortName(row)).leaf("em", bytes).close();
    html.open("span", "class", "tip").leaf("b", row.label()).text(" " + bytes + ", "
        + Count.percent(row.bytes(), ledger.residentBytes()) + " of gross · " + row.kind().label() + ": "
        + row.kind().words()).close();
    html.close().newLine();
  }

  // In a tile the end of a path says most.
  private static String shortName(LedgerRows.Row row) {
    int slash = row.name().lastIndexOf('/');
    return slash >= 0 && slash < row.name().length() - 1
        ? row.name().substring(slash + 1)
        : row.id().isEmpty() ? row.title() : row.label();
  }
}
