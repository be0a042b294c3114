package io.tare.formats;

/**
 * How much a parser accepts from an input that may be hostile. Beyond a limit it stops, and says so as a problem.
 *
 * @param items most mappings, counters, lines, ranges … that are kept of one artefact
 * @param textLength longest name or line that is kept whole; a longer one is cut
 * @param problems most problems that are listed of one artefact; the rest is counted
 */
public record ParseLimits(int items, int textLength, int problems) {
  public static final ParseLimits DEFAULT = new ParseLimits(2_000_000, 4_096, 20);
}
