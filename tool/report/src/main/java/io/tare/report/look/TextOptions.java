package io.tare.report.look;

import java.util.OptionalLong;

/**
 * How a report is laid out.
 *
 * @param width columns of the terminal; below 80 the layout is narrow
 * @param colour whether ANSI colours may be used
 * @param unicode whether the reader's character set has bars and arrows; plain ASCII otherwise
 * @param all every account part, every mapping and every detail, instead of the big ones
 * @param threads every stack
 * @param units how bytes are written
 * @param input bytes of what the process works on, where the reader wants to see its memory as multiples of that
 */
public record TextOptions(int width, boolean colour, boolean unicode, boolean all, boolean threads, Units units,
    OptionalLong input) {
  private static final int NARROWEST = 40;
  private static final int WIDEST = 400;

  public TextOptions {
    width = Math.clamp(width, NARROWEST, WIDEST);
  }

  public TextOptions(int width, boolean colour, boolean unicode, boolean all, boolean threads, Units units) {
    this(width, colour, unicode, all, threads, units, OptionalLong.empty());
  }

  /** No colour, Unicode, the big things only. */
  public static TextOptions plain(int width) {
    return new TextOptions(width, false, true, false, false, Units.BINARY);
  }

  public TextOptions withColour() {
    return new TextOptions(width, true, unicode, all, threads, units, input);
  }

  public TextOptions inAscii() {
    return new TextOptions(width, colour, false, all, threads, units, input);
  }

  public TextOptions withAll() {
    return new TextOptions(width, colour, unicode, true, threads, units, input);
  }

  public TextOptions withThreads() {
    return new TextOptions(width, colour, unicode, all, true, units, input);
  }

  public TextOptions withUnits(Units chosen) {
    return new TextOptions(width, colour, unicode, all, threads, chosen, input);
  }

  /** Memory is shown as multiples of so many bytes, too. */
  public TextOptions withInput(long bytes) {
    return new TextOptions(width, colour, unicode, all, threads, units, OptionalLong.of(bytes));
  }
}
