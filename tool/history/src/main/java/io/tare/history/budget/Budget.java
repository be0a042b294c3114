package io.tare.history.budget;

import java.util.ArrayList;
import java.util.List;

/** What a process may weigh at most, account by account, and whether it must not leak. */
public record Budget(List<Limit> limits, boolean noLeak) {
  public static final Budget EMPTY = new Budget(List.of(), false);

  public Budget {
    limits = List.copyOf(limits);
  }

  /**
   * A limit of one account or scale.
   *
   * @param share whether the amount is a percentage of RSS
   */
  public record Limit(String id, double amount, boolean share, String written) {}

  public Budget and(Budget more) {
    List<Limit> all = new ArrayList<>(limits);
    all.addAll(more.limits);
    return new Budget(all, noLeak || more.noLeak);
  }

  public Budget withoutLeak() {
    return new Budget(limits, true);
  }

  public boolean isEmpty() {
    return limits.isEmpty() && !noLeak;
  }
}
