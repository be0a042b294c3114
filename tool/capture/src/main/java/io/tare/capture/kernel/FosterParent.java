package io.tare.capture.kernel;

import java.io.IOException;

/**
 * As long as this is open, a descendant of this process whose parent ends becomes a child of this process ("child subreaper"), not of the
 * machine's first one. Closed, it is as before: who was taken in stays.
 */
public final class FosterParent implements AutoCloseable {
  private static final long SET_CHILD_SUBREAPER = 36;

  private FosterParent() {}

  public static FosterParent open() throws IOException {
    SystemCall.PRCTL.call(SET_CHILD_SUBREAPER, 1).orThrow("cannot take orphans in");
    return new FosterParent();
  }

  @Override
  public void close() throws IOException {
    SystemCall.PRCTL.call(SET_CHILD_SUBREAPER, 0).orThrow("cannot leave orphans to others again");
  }
}
