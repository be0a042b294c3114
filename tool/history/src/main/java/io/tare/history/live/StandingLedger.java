package io.tare.history.live;

import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A ledger, and how the process stood before it was taken. As long as it stands so the ledger is the one that would be taken now: reading
 * it again would cost twenty milliseconds to find the same.
 */
record StandingLedger(Weighing ledger, Stillness before) {
  /** The same ledger for a later moment; empty when something has run, or memory was taken from it, or that is not known. */
  Optional<Weighing> at(long epochMillis, Optional<Stillness> now) {
    return now.filter(before::equals).map(_ -> new Weighing(epochMillis, WeighingReason.TURN, ledger.grossBytes(),
        ledger.netBytes(), ledger.accounts(), ledger.unexplainedBytes(), 0));
  }

  /**
   * What changes whenever a process runs, or the kernel takes memory from it. Times by the clock tick would not do: much can be written in
   * less than one.
   *
   * @param threads of each thread its number, and {@code 8423150 41210 37}: how many nanoseconds it ran and waited, and how often
   */
  record Stillness(String threads, long rssBytes, long swapBytes) {
    /** Looking at more of them would cost a good part of a ledger; and where there are many, one has run. */
    private static final int MOST_THREADS = 16;

    /** Empty where there are many threads, or the kernel does not tell. */
    static Optional<Stillness> of(ProcessFolder folder, Sample sample) {
      if (!sample.has(SampleColumn.RSS) || !sample.has(SampleColumn.THREADS)
          || sample.raw(SampleColumn.THREADS) > MOST_THREADS) {
        return Optional.empty();
      }
      return threads(folder)
          .map(ran -> new Stillness(ran, sample.raw(SampleColumn.RSS), sample.raw(SampleColumn.SWAP)));
    }

    private static Optional<String> threads(ProcessFolder folder) {
      TreeMap<String, String> ran = new TreeMap<>();
      try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder.file("task"))) {
        for (Path task : tasks) {
          FileRead read = FileRead.of(task.resolve("schedstat"), FileRead.SMALL);
          if (!read.hasContent() || read.size() == 0 || ran.size() >= MOST_THREADS) {
            return Optional.empty();
          }
          ran.put(task.getFileName() + "", read.text().strip());
        }
      } catch (IOException | DirectoryIteratorException ended) {
        return Optional.empty();
      }
      return ran.isEmpty() ? Optional.empty() : Optional.of(ran.toString());
    }
  }
}
