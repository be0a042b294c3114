package io.tare.probe.marks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Marks until its code is compiled, has each file cut short, and marks once more: an error may not come out, neither there nor later. */
final class CutMarks {
  private static final int ROUNDS = 30;
  private static final int MARKS = 10_000;

  private static long marked;

  private CutMarks() {}

  public static void main(String[] arguments) throws IOException {
    int unharmed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path path = Path.of(arguments[0], "ring" + round);
      try (MarksRing ring = MarksRing.create(path, 1024);
          FileChannel cut = FileChannel.open(path, StandardOpenOption.WRITE)) {
        for (int i = 0; i < MARKS; i++) {
          mark(ring);
        }
        cut.truncate(0);
        // Whoever has been woken before does not wait, and is told of nothing there.
        LockSupport.unpark(Thread.currentThread());
        if (!mark(ring) && ring.isBroken() && marked == (round + 1L) * MARKS) {
          unharmed++;
        }
      }
    }
    System.out.println(unharmed + " of " + ROUNDS + " cut unharmed");
  }

  /** As an application does: a method of its own, into which the mark is compiled. */
  private static boolean mark(MarksRing ring) {
    boolean written = ring.write("a mark", marked, null);
    if (written) {
      marked++;
    }
    return written;
  }
}
