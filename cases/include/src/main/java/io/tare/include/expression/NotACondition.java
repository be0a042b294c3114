package io.tare.include.expression;

/** A test that can't be understood; the message says where. */
public final class NotACondition extends Exception {
  private static final long serialVersionUID = 1;

  NotACondition(String message) {
    super(message);
  }
}
