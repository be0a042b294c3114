package io.tare.app.cli;

/** One line on a terminal that tells what is being done, once that takes long enough to wonder. */
public final class StepLine implements AutoCloseable {
  private static final long QUIET_NANOS = 400_000_000;

  private final Console console;
  private final long began = System.nanoTime();
  private boolean shown;

  public StepLine(Console console) {
    this.console = console;
  }

  public void show(String step) {
    if (console.errIsTerminal() && System.nanoTime() - began > QUIET_NANOS) {
      console.err().showStep(step + " …");
      shown = true;
    }
  }

  @Override
  public void close() {
    if (shown) {
      console.err().clearStep();
    }
  }
}
