package io.tare.junit;

/** What a guard found, told apart from what the guarded test asserts itself. */
final class GuardError extends AssertionError {
  private static final long serialVersionUID = 1L;

  GuardError(String message) {
    super(message);
  }
}
