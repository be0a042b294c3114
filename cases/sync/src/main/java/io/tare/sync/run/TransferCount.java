package io.tare.sync.run;

import java.util.ArrayList;
import java.util.List;

/** What a transfer did. Of the reasons of failures it keeps the first few. */
public record TransferCount(long arrived, long foundThere, long deleted, long gone, long failed,
    List<String> firstReasons) {
  private static final int MOST_REASONS = 5;
  static final TransferCount NONE = new TransferCount(0, 0, 0, 0, 0, List.of());

  public TransferCount {
    firstReasons = List.copyOf(firstReasons);
  }

  boolean isNothing() {
    return equals(NONE);
  }

  TransferCount plus(List<Outcome> outcomes) {
    TransferCount sum = this;
    for (Outcome outcome : outcomes) {
      sum = sum.plus(outcome);
    }
    return sum;
  }

  private TransferCount plus(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Arrived a when a.wasThere() ->
        new TransferCount(arrived, foundThere + 1, deleted, gone, failed, firstReasons);
      case Outcome.Arrived a -> new TransferCount(arrived + 1, foundThere, deleted, gone, failed, firstReasons);
      case Outcome.Deleted d -> new TransferCount(arrived, foundThere, deleted + 1, gone, failed, firstReasons);
      case Outcome.Gone g -> new TransferCount(arrived, foundThere, deleted, gone + 1, failed, firstReasons);
      case Outcome.Failed f -> new TransferCount(arrived, foundThere, deleted, gone, failed + 1, with(f));
    };
  }

  private List<String> with(Outcome.Failed failure) {
    if (firstReasons.size() >= MOST_REASONS) {
      return firstReasons;
    }
    List<String> more = new ArrayList<>(firstReasons);
    more.add(failure.file().path() + ": " + failure.reason());
    return more;
  }
}
