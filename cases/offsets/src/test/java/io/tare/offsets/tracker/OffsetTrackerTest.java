package io.tare.offsets.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every variant promises. */
class OffsetTrackerTest {
  @ParameterizedTest
  @EnumSource
  void aCommitStopsBeforeTheFirstMessageInFlight(Variant variant) {
    OffsetTracker tracker = received(variant, 5, 6, 7, 8);
    tracker.done(5);
    tracker.done(7);
    assertThat(tracker.commitNextToRead()).isEqualTo(6);
    tracker.done(6);
    assertThat(tracker.commitNextToRead()).isEqualTo(8);
    assertThat(tracker.read(8)).isEqualTo(Progress.IN_FLIGHT);
  }

  @ParameterizedTest
  @EnumSource
  void offsetsLeftOutCountAsDone(Variant variant) {
    OffsetTracker tracker = received(variant, 5, 1_000);
    assertThat(tracker.read(500)).isEqualTo(Progress.DONE);
    assertThat(tracker.done(500)).isFalse();
    tracker.done(5);
    assertThat(tracker.commitNextToRead()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource
  void aSecondDoneChangesNothing(Variant variant) {
    OffsetTracker tracker = received(variant, 5, 6);
    assertThat(tracker.done(6)).isTrue();
    assertThat(tracker.done(6)).isFalse();
    assertThat(tracker.commitNextToRead()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void anOffsetThatDoesNotAscendIsRefusedByName(Variant variant) {
    OffsetTracker tracker = received(variant, 5, 6);
    assertThatThrownBy(() -> tracker.append(6)).isInstanceOf(OffsetOutOfRange.class)
        .hasMessage("offset 6 was appended after 6: offsets must ascend");
    assertThatThrownBy(() -> tracker.append(-1)).isInstanceOf(OffsetOutOfRange.class);
    assertThatThrownBy(() -> tracker.append(Long.MAX_VALUE)).isInstanceOf(OffsetOutOfRange.class)
        .hasMessageContaining("above the largest one");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasNeverReceivedCantBeDone(Variant variant) {
    OffsetTracker tracker = received(variant, 5, 6);
    assertThatThrownBy(() -> tracker.done(7)).isInstanceOf(OffsetOutOfRange.class)
        .hasMessage("offset 7 is done but was never received; the last one received is 6");
    assertThatThrownBy(() -> tracker.done(-3)).isInstanceOf(OffsetOutOfRange.class);
    assertThat(tracker.read(7)).isEqualTo(Progress.NOT_RECEIVED);
  }

  @ParameterizedTest
  @EnumSource
  void aPartitionCantStartBelowZero(Variant variant) {
    assertThatThrownBy(() -> variant.create(-1, 10)).isInstanceOf(OffsetOutOfRange.class);
  }

  @ParameterizedTest
  @EnumSource
  void theLargestOffsetCanBeTracked(Variant variant) {
    OffsetTracker tracker = received(variant, 5, 6);
    tracker.done(5);
    tracker.done(6);
    assertThat(tracker.append(OffsetTracker.LARGEST)).isTrue();
    assertThat(tracker.commitNextToRead()).isEqualTo(OffsetTracker.LARGEST);
    assertThat(tracker.done(OffsetTracker.LARGEST)).isTrue();
    assertThat(tracker.commitNextToRead()).isEqualTo(OffsetTracker.LARGEST + 1);
  }

  @ParameterizedTest
  @EnumSource
  void aStandingTellsTheNextOffsetAndWhatIsDoneBehindIt(Variant variant) {
    OffsetTracker tracker = received(variant, 5, 6, 7, 10, 11);
    tracker.done(5);
    tracker.done(10);
    Standing standing = tracker.standing(100);
    assertThat(standing.nextToRead()).isEqualTo(6);
    assertThat(standing.doneBehind().stream()).as("8 and 9 were left out, 10 is done").containsExactly(2, 3, 4);
    assertThat(tracker.standing(3).doneBehind().stream()).as("as far as one looks").containsExactly(2);
  }

  private static OffsetTracker received(Variant variant, long... offsets) {
    OffsetTracker tracker = variant.create(5, 2_000);
    for (long offset : offsets) {
      assertThat(tracker.append(offset)).isTrue();
    }
    return tracker;
  }
}
