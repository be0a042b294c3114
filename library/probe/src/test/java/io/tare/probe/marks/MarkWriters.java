package io.tare.probe.marks;

import io.tare.probe.MemoryStats;
import java.nio.file.Path;

/** A program that marks from several threads: label, items and stats of each mark can be checked against each other. */
public final class MarkWriters {
  private MarkWriters() {}

  /** Arguments: file, records, threads, marks per thread (0 for no end). */
  public static void main(String[] arguments) throws Exception {
    MarksRing ring = MarksRing.create(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    int threads = Integer.parseInt(arguments[2]);
    long marks = Long.parseLong(arguments[3]);
    System.out.println("ready");
    Thread[] writers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int writer = i;
      writers[i] = new Thread(() -> write(ring, writer, marks == 0 ? Long.MAX_VALUE : marks));
      writers[i].start();
    }
    for (Thread thread : writers) {
      thread.join();
    }
    System.out.println("done");
  }

  private static void write(MarksRing ring, int writer, long marks) {
    String[] labels = new String[64];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(writer, i);
    }
    MemoryStats stats = MemoryStats.now();
    for (long i = 0; i < marks; i++) {
      ring.write(labels[(int) (i % labels.length)], writer * 1_000_000_000_000L + i, i % 16 == 0 ? stats : null);
    }
  }

  /** Labels of many lengths, so that a mark over another one leaves traces when it is torn. */
  static String label(int writer, long number) {
    return "w" + writer + "-"
        + "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789".substring(0, (int) (number % 64))
        + "-"
        + number % 64;
  }

  /** Whether a mark says what one writer wrote in one go. */
  static boolean isWhole(Mark mark) {
    long items = mark.items().orElse(-1);
    int writer = (int) (items / 1_000_000_000_000L);
    long number = items % 1_000_000_000_000L;
    return items >= 0 && mark.label().equals(label(writer, number)) && mark.stats().isEmpty() == (number % 16 != 0);
  }
}
