package io.tare.history.trend;

/**
 * What is too little to matter.
 *
 * @param amount growth over the time judged, in the track's unit
 * @param share the same as a part of the level
 * @param seconds the least time that a judgement rests on
 * @param clear growth is clear when even the low end of the slope's interval is this part of the estimate
 */
public record Margin(double amount, double share, double seconds, double clear) {
  double at(double level) {
    return Math.max(amount, share * Math.abs(level));
  }
}
