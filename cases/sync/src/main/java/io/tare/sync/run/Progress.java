package io.tare.sync.run;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says now and then how far a phase is, how fast, and how long it will take if it goes on like that. */
public final class Progress {
  private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(1).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long SECONDS_PER_MINUTE = 60;

  private final Consumer<String> lines;
  private final LongSupplier nanoClock;
  private String phase = "";
  private OptionalLong total = OptionalLong.empty();
  private long done;
  private long startNanos;
  private long lastLineNanos;

  public Progress(Consumer<String> lines, LongSupplier nanoClock) {
    this.lines = lines;
    this.nanoClock = nanoClock;
  }

  public static Progress silent() {
    return new Progress(line -> {}, System::nanoTime);
  }

  /** Begins a phase; the total is empty when nobody knows. */
  synchronized void begin(Phase newPhase, OptionalLong newTotal) {
    phase = newPhase.name().toLowerCase(Locale.ROOT);
    total = newTotal;
    done = 0;
    startNanos = nanoClock.getAsLong();
    lastLineNanos = startNanos;
  }

  synchronized void add(long files) {
    done += files;
    long now = nanoClock.getAsLong();
    if (now - lastLineNanos >= NANOS_BETWEEN_LINES) {
      lastLineNanos = now;
      lines.accept(line(now));
    }
  }

  synchronized void end() {
    lines.accept(line(nanoClock.getAsLong()) + ", done");
  }

  private String line(long now) {
    double seconds = Math.max(1, now - startNanos) / NANOS_PER_SECOND;
    double perSecond = done / seconds;
    StringBuilder line = new StringBuilder(phase).append(": ").append(String.format(Locale.ROOT, "%,d", done));
    total.ifPresent(all -> line.append(String.format(Locale.ROOT, " of %,d", all)));
    line.append(String.format(Locale.ROOT, " files, %,.0f/s", perSecond));
    if (total.isPresent() && perSecond > 0 && done < total.getAsLong()) {
      line.append(", ").append(words((long) Math.ceil((total.getAsLong() - done) / perSecond))).append(" left");
    }
    return line.toString();
  }

  private static String words(long seconds) {
    return seconds < SECONDS_PER_MINUTE
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / SECONDS_PER_MINUTE, seconds % SECONDS_PER_MINUTE);
  }
}
