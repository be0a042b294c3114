/**
 * Weighings held against each other and against what was allowed; pure. {@code Snapshots} makes of a capture or a time line what can be
 * compared, {@code CaptureTimeline} of captures a time line; {@code Differences} compares two, {@code Budget} holds one against its
 * limits. {@code Stories} tells a recording by its {@code Phases}, {@code PhaseDifferences} compares two phase by phase.
 */
@NullMarked
package io.tare.history.compare;

import org.jspecify.annotations.NullMarked;
