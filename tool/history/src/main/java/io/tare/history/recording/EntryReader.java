package io.tare.history.recording;

import io.tare.history.recording.Entry.EntryVisitor;
import io.tare.history.recording.FrameScan.EntryKind;
import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.history.Counting.Kind;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns frames back into entries. A kind that is not known is passed over: a newer recorder may have more to say. */
public final class EntryReader {
  private static final int MOST_ACCOUNTS = 10_000;
  private static final int MOST_LABELS = 1_000;
  private static final int MOST_COUNTS = 10_000;

  private final ByteSource in = new ByteSource();
  private final long[] values = Sample.noValues();
  private int target;
  private long epochMillis;

  /** Tells the visitor of the frame at which the scan stands; false when its content makes no sense. */
  public boolean read(FrameScan frame, EntryVisitor visitor) {
    in.over(frame.bytes(), frame.contentFrom(), frame.contentTo());
    target = in.smallNumber();
    epochMillis = in.number();
    if (frame.kind() == EntryKind.SAMPLE) {
      sample();
      if (!in.isOver()) {
        visitor.sample(target, epochMillis, values);
      }
      return !in.isOver();
    }
    Optional<Entry> entry = entry(frame.kind());
    if (in.isOver()) {
      return false;
    }
    entry.ifPresent(visitor::entry);
    return true;
  }

  private void sample() {
    long present = in.number();
    Arrays.fill(values, Sample.UNKNOWN);
    while (present != 0) {
      int column = Long.numberOfTrailingZeros(present);
      long value = in.number();
      if (column < values.length) {
        values[column] = value;
      }
      present &= present - 1;
    }
  }

  private Optional<Entry> entry(int kind) {
    return switch (kind) {
      case EntryKind.OPENED -> Optional.of(new Entry.Opened(epochMillis, in.text(), in.number()));
      case EntryKind.TARGET -> Optional.of(new Entry.Target(epochMillis, target, process()));
      case EntryKind.LEDGER -> Optional.of(new Entry.Weighed(target, weighing()));
      case EntryKind.COUNTED -> counting().map(counting -> new Entry.Counted(target, counting));
      case EntryKind.MARK -> Optional.of(new Entry.Marked(target, mark()));
      case EntryKind.END -> Optional.of(new Entry.Ended(target, ending()));
      case EntryKind.NOTE -> Optional.of(new Entry.Noted(epochMillis, in.text()));
      case EntryKind.CLOSED -> Optional.of(new Entry.Closed(epochMillis, in.number(), in.number()));
      case EntryKind.LABELS -> Optional.of(new Entry.Labelled(epochMillis, target, labels()));
      default -> Optional.empty();
    };
  }

  private RecordedProcess process() {
    return new RecordedProcess(in.number(), in.number(), in.text(), in.text(), in.text(), optional());
  }

  private Map<String, String> labels() {
    int count = Math.min(in.smallNumber(), MOST_LABELS);
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < count && !in.isOver(); i++) {
      labels.put(in.text(), in.text());
    }
    return labels;
  }

  private Weighing weighing() {
    int code = in.smallNumber();
    WeighingReason reason = Arrays.stream(WeighingReason.values()).filter(one -> one.code() == code).findFirst()
        .orElse(WeighingReason.TURN);
    long gross = in.number();
    OptionalLong net = optional();
    long unexplained = in.number();
    long cost = in.number();
    int count = Math.min(in.smallNumber(), MOST_ACCOUNTS);
    Map<String, Long> accounts = new LinkedHashMap<>();
    for (int i = 0; i < count && !in.isOver(); i++) {
      accounts.put(in.text(), in.number());
    }
    return new Weighing(epochMillis, reason, gross, net, accounts, unexplained, cost);
  }

  /** Empty when a newer recorder counted something that is not known here. */
  private Optional<Counting> counting() {
    int code = in.smallNumber();
    Optional<Kind> kind = Arrays.stream(Kind.values()).filter(one -> one.code() == code).findFirst();
    long leftOut = in.number();
    long cost = in.number();
    int many = Math.min(in.smallNumber(), MOST_COUNTS);
    List<Count> counts = new ArrayList<>();
    for (int i = 0; i < many && !in.isOver(); i++) {
      counts.add(new Count(in.text(), Math.max(0, in.number()), Math.max(0, in.number())));
    }
    return kind.map(known -> new Counting(epochMillis, known, counts, Math.max(0, leftOut), cost));
  }

  private Mark mark() {
    long nanos = in.number();
    String label = in.text();
    String source = in.text();
    return new Mark(Instant.ofEpochMilli(bounded(epochMillis)).plusNanos(Math.clamp(nanos, 0, 999_999)), label,
        optional(), source);
  }

  /** Instants reach only so far; a time beyond is damage. */
  private static long bounded(long epochMillis) {
    return Math.clamp(epochMillis, 0, Instant.MAX.getEpochSecond());
  }

  private Ending ending() {
    int number = in.smallNumber();
    Ending.Cause cause = Arrays.stream(Ending.Cause.values()).filter(one -> one.number() == number).findFirst()
        .orElse(Ending.Cause.VANISHED);
    Ending ending = new Ending(epochMillis, cause, in.smallNumber(), in.text());
    return in.hasMore() ? ending.with(new Ending.Usage(optional(), optional())) : ending;
  }

  private OptionalLong optional() {
    long value = in.number();
    return value == 0 ? OptionalLong.empty() : OptionalLong.of(value - 1);
  }
}

/** Reads what {@link ByteSink} wrote. Beyond the end there are zeros, and {@link #isOver} says so. */
final class ByteSource {
  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean over;

  void over(byte[] content, int from, int to) {
    bytes = content;
    at = from;
    end = to;
    over = false;
  }

  boolean hasMore() {
    return at < end;
  }

  /** Whether more was read than there was. */
  boolean isOver() {
    return over;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at >= end) {
        over = true;
        return 0;
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    over = true;
    return value;
  }

  /** A number that must fit an int; what does not is an error of the input. */
  int smallNumber() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      over = true;
      return 0;
    }
    return (int) value;
  }

  String text() {
    int length = smallNumber();
    if (length > end - at) {
      over = true;
      return "";
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
