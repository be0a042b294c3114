package io.tare.model.history;

import java.util.List;

/** What should hold of a process in production, each answered from readings. */
public record Checklist(String target, List<Item> items) {
  public Checklist {
    items = List.copyOf(items);
  }

  /** Whether something does not hold. */
  public boolean hasFinding() {
    return items.stream().anyMatch(item -> item.answer() == Answer.NO);
  }

  /** The absence of data never reads as health. */
  public enum Answer {
    YES, NO, CANNOT_TELL
  }

  /**
   * One line of the list.
   *
   * @param id stable
   * @param claim what should hold
   * @param reading what the answer stands on, or what is missing
   * @param next what to do; empty where it holds
   */
  public record Item(String id, String claim, Answer answer, String reading, String next) {}
}
