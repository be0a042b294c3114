package io.tare.report.text;

import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.PathStep;
import io.tare.report.words.HeapWords;
import java.util.List;

/** Parts that several answers about a heap have in common. */
final class HeapParts {
  private HeapParts() {}

  static void path(Page page, List<PathStep> path) {
    String indent = "  ";
    for (PathStep step : path) {
      page.line().add(indent).add(step.reference().isEmpty() ? "?" : step.reference(), Style.BOLD).add("  ")
          .fit(page.width(), HeapWords.object(step.className(), step.label(), step.address()), Style.PLAIN);
    }
  }

  static void objects(Page page, List<ObjectLine> objects) {
    page.line().right(12, "retained", Style.FAINT).right(22, "shallow", Style.FAINT);
    for (ObjectLine line : objects) {
      page.line().right(12, page.bytes(line.retainedBytes()), Style.PLAIN)
          .right(22, page.bytes(line.shallowBytes()), Style.FAINT).to(24)
          .fit(page.width(), HeapWords.object(line.className(), line.label(), line.address()), Style.PLAIN);
    }
  }
}
