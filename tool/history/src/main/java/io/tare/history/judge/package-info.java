/**
 * Whether what a process uses grows: from a time line to leak, no leak, or cannot tell; pure. The trend of one curve is robust, rank-based
 * and blind to what it is that is counted. Reading order: {@code LeakJudge} (the answer), {@code SeriesVerdicts} and {@code HeapFloor}
 * (one series), {@code TrendJudge} (one curve), {@code SenSlope} and {@code CurveShapes} (what it rests on), {@code Curve};
 * {@code RoundsJudge} where marks tell equal rounds apart, {@code VerdictWords} for the sentences. {@code SettlingCurve} tells what comes
 * back after a load.
 */
@NullMarked
package io.tare.history.judge;

import org.jspecify.annotations.NullMarked;
