package io.tare.report.html;

import io.tare.model.report.Report;
import io.tare.report.TextOptions;

/** A report as one self-contained page. */
public final class HtmlReport {
  private HtmlReport() {}

  public static String render(Report report, TextOptions options) {
    return "";
  }
}
