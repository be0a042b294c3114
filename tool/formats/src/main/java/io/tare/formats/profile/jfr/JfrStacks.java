package io.tare.formats.profile.jfr;

import io.tare.model.profile.Profile.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The call stacks of all of a recording's chunks by number: chunks repeat them, each under numbers of its own. */
final class JfrStacks {
  private static final int FIRST_SLOTS = 256;

  private final Map<Frame, Integer> numbers = new HashMap<>();
  private final List<Frame> frames = new ArrayList<>();
  /** The frames of all stacks, one stack behind the other. */
  private int[] places = new int[1 << 12];
  /** Where each stack ends. */
  private int[] ends = new int[FIRST_SLOTS / 2];
  /** A stack's number and one; nothing is a free slot. */
  private int[] slots = new int[FIRST_SLOTS];
  private int size;

  int frame(Frame frame) {
    Integer known = numbers.putIfAbsent(frame, frames.size());
    if (known != null) {
      return known;
    }
    frames.add(frame);
    return frames.size() - 1;
  }

  /** The number of the stack of these frames. */
  int stack(int[] of, int from, int to) {
    int slot = slot(of, from, to);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == ends.length) {
      grow();
      slot = slot(of, from, to);
    }
    int end = framesOfAll();
    if (end + to - from > places.length) {
      places = Arrays.copyOf(places, Math.max(end + to - from, places.length + places.length / 2));
    }
    System.arraycopy(of, from, places, end, to - from);
    ends[size] = end + to - from;
    slots[slot] = ++size;
    return size - 1;
  }

  private int slot(int[] of, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + of[i];
    }
    int slot = (hash ^ hash >>> 16) & slots.length - 1;
    while (slots[slot] != 0) {
      int other = slots[slot] - 1;
      if (Arrays.equals(places, start(other), ends[other], of, from, to)) {
        return slot;
      }
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void grow() {
    ends = Arrays.copyOf(ends, 2 * size);
    slots = new int[4 * size];
    for (int stack = 0; stack < size; stack++) {
      slots[slot(places, start(stack), ends[stack])] = stack + 1;
    }
  }

  private int start(int stack) {
    return stack == 0 ? 0 : ends[stack - 1];
  }

  List<Frame> frames(int stack) {
    Frame[] list = new Frame[ends[stack] - start(stack)];
    for (int i = 0; i < list.length; i++) {
      list[i] = frames.get(places[start(stack) + i]);
    }
    return List.of(list);
  }

  /** How many frames the stacks have together. */
  int framesOfAll() {
    return size == 0 ? 0 : ends[size - 1];
  }

  int size() {
    return size;
  }
}
