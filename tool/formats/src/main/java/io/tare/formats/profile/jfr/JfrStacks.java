package io.tare.formats.profile.jfr;

import io.tare.model.profile.Profile.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The call stacks of all of a recording's chunks by number: chunks repeat them, each under numbers of its own. */
final class JfrStacks {
  private final Map<Frame, Integer> numbers = new HashMap<>();
  private final List<Frame> frames = new ArrayList<>();
  private final Map<Places, Integer> stackNumbers = new HashMap<>();
  private final List<int[]> stacks = new ArrayList<>();
  private final Map<Integer, List<Frame>> lists = new HashMap<>();
  private long framesOfAll;

  /** The frames of one stack by number. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Places(int[] places) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Places stack && Arrays.equals(places, stack.places);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(places);
    }
  }

  int frame(Frame frame) {
    Integer known = numbers.putIfAbsent(frame, frames.size());
    if (known != null) {
      return known;
    }
    frames.add(frame);
    return frames.size() - 1;
  }

  int stack(int[] places) {
    Integer known = stackNumbers.putIfAbsent(new Places(places), stacks.size());
    if (known != null) {
      return known;
    }
    stacks.add(places);
    framesOfAll += places.length;
    return stacks.size() - 1;
  }

  List<Frame> frames(int stack) {
    return lists.computeIfAbsent(stack,
        added -> List.of(Arrays.stream(stacks.get(added)).mapToObj(frames::get).toArray(Frame[]::new)));
  }

  /** How many frames the stacks have together. */
  long framesOfAll() {
    return framesOfAll;
  }
}
