package io.tare.report.text;

/**
 * The signs that a page is set with.
 *
 * @param cut stands where text was left out
 * @param limit stands on a bar where the container ends
 */
record Signs(String cut, String dot, String rule, String limit, String yes, String unknown) {
  static final Signs UNICODE = new Signs("…", " · ", "─", "│", "●", "?");
  static final Signs ASCII = new Signs("...", " - ", "-", "|", "*", "?");
}
