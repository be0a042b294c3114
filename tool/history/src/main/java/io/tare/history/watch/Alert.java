package io.tare.history.watch;

import java.util.OptionalDouble;

/** One alert over time: it is raised once its rule has been broken for long enough, and again only after all was well in between. */
public final class Alert {
  private final AlertRule rule;
  private long wrongSinceMillis = -1;
  private boolean raised;

  public Alert(AlertRule rule) {
    this.rule = rule;
  }

  public AlertRule rule() {
    return rule;
  }

  /** Looks at the value of now; true when the alarm is to be raised at this moment. What is not known changes nothing. */
  public boolean look(long epochMillis, OptionalDouble value) {
    if (value.isEmpty()) {
      return false;
    }
    boolean isWrong = rule.isAbove() ? value.getAsDouble() > rule.bound() : value.getAsDouble() < rule.bound();
    if (!isWrong) {
      wrongSinceMillis = -1;
      raised = false;
      return false;
    }
    wrongSinceMillis = wrongSinceMillis < 0 ? epochMillis : wrongSinceMillis;
    boolean raises = !raised && epochMillis - wrongSinceMillis >= rule.holdMillis();
    raised |= raises;
    return raises;
  }

  /** Whether the alarm is on. */
  public boolean isRaised() {
    return raised;
  }
}
