package io.tare.report.look;

/**
 * How a report is laid out.
 *
 * @param width columns of the terminal; below 80 the layout is narrow
 * @param colour whether ANSI colours may be used
 * @param unicode whether the reader's character set has bars and arrows; plain ASCII otherwise
 * @param all every account part, every mapping and every detail, instead of the big ones
 * @param threads every stack
 * @param units how bytes are written
 */
public record TextOptions(int width, boolean colour, boolean unicode, boolean all, boolean threads, Units units) {
  private static final int NARROWEST = 40;
  private static final int WIDEST = 400;

  public TextOptions {
    width = Math.clamp(width, NARROWEST, WIDEST);
  }

  /** No colour, Unicode, the big things only. */
  public static TextOptions plain(int width) {
    return new TextOptions(width, false, true, false, false, Units.BINARY);
  }

  public TextOptions withColour() {
    return new TextOptions(width, true, unicode, all, threads, units);
  }

  public TextOptions inAscii() {
    return new TextOptions(width, colour, false, all, threads, units);
  }

  public TextOptions withAll() {
    return new TextOptions(width, colour, unicode, true, threads, units);
  }

  public TextOptions withThreads() {
    return new TextOptions(width, colour, unicode, all, true, units);
  }

  public TextOptions withUnits(Units chosen) {
    return new TextOptions(width, colour, unicode, all, threads, chosen);
  }
}
