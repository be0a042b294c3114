package io.tare.report.html;

import io.tare.model.report.Remedy;
import io.tare.report.words.Units;
import java.util.List;

/** What to do, the bytes that it should return, and its price. */
final class RemediesSection {
  private RemediesSection() {}

  static void write(Html html, List<Remedy> remedies, Units units) {
    if (remedies.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Remedies");
    html.leaf("p", "hint", "Biggest return first. What comes back is an estimate until it was tried.");
    html.open("ol", "class", "remedies");
    for (Remedy remedy : remedies) {
      html.open("li").open("span", "class", "returns");
      html.leaf("b",
          remedy.expectedBytes().isPresent() ? "≈ " + units.format(remedy.expectedBytes().getAsLong()) : "?");
      html.leaf("small", remedy.expectedBytes().isPresent() ? "should come back" : "not known beforehand").close();
      html.open("div").leaf("b", remedy.action());
      if (!remedy.how().isBlank()) {
        html.open("pre").leaf("code", remedy.how()).close();
      }
      if (!remedy.price().isBlank()) {
        html.leaf("p", "price", "Price: " + remedy.price());
      }
      html.close().close().newLine();
    }
    html.close().close().newLine();
  }
}
