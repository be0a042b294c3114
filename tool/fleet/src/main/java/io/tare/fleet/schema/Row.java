package io.tare.fleet.schema;

import io.tare.model.ledger.Account;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of a table. Empty is not known, which is not zero. */
public sealed interface Row {
  Table table();

  /** When, in seconds since 1970. */
  long t();

  /** In the order of the table's columns. Numbers are {@link Long}s. */
  List<Optional<?>> values();

  /** What is read each second, of one minute. */
  record Samples(Map<String, Long> values) {
    public Samples {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** A full ledger. {@code seconds}: for how long it stands. */
  record Weight(long seconds, int reason, long grossBytes, OptionalLong netBytes, long unexplainedBytes,
      Map<String, Long> accounts) {
    public Weight {
      accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    }
  }

  /** A process's frame: what holds for all of its rows. */
  record Frame(Identity who, String runtime, OptionalLong limitBytes, OptionalLong requestBytes,
      OptionalLong startedSeconds) {}

  /** A process and a minute. */
  record OfLedger(long t, long spanSeconds, Frame frame, Samples samples, Optional<Weight> weight) implements Row {
    private static final List<String> FROM_SAMPLES = List.of("rss", "rss_max", "ws", "swap", "threads", "fds", "cpu_ms",
        "heap_used", "heap_committed", "heap_floor", "gcs", "gc_ms");

    @Override
    public Table table() {
      return Table.LEDGER;
    }

    @Override
    public List<Optional<?>> values() {
      List<Optional<?>> values = new ArrayList<>(List.of(Optional.of(t), Optional.of(spanSeconds),
          weight.map(Weight::seconds)));
      values.addAll(frame.who.columns());
      values.addAll(List.of(Optional.of(frame.who.proc()), said(frame.runtime), boxed(frame.limitBytes),
          boxed(frame.requestBytes),
          frame.startedSeconds.isEmpty() ? Optional.empty() : Optional.of(t - frame.startedSeconds.getAsLong()),
          weight.map(one -> (long) one.reason)));
      FROM_SAMPLES.forEach(name -> values.add(Optional.ofNullable(samples.values.get(name))));
      values.add(weight.map(Weight::grossBytes));
      values.add(weight.flatMap(one -> boxed(one.netBytes)));
      values.add(weight.map(Weight::unexplainedBytes));
      for (Account account : Account.values()) {
        values.add(weight.map(one -> one.accounts.get(account.id())));
      }
      return values;
    }
  }

  /** A process and a day. */
  record OfProcess(long t, long last, Frame frame, String name, long pid, String version, String collector,
      String flags) implements Row {
    @Override
    public Table table() {
      return Table.PROCESS;
    }

    @Override
    public List<Optional<?>> values() {
      List<Optional<?>> values = new ArrayList<>(List.of(Optional.of(t), Optional.of(last),
          boxed(frame.startedSeconds)));
      values.addAll(frame.who.columns());
      values.addAll(List.of(Optional.of(frame.who.proc()), said(name), Optional.of(pid), frame.who.label("pod_uid"),
          frame.who.label("container_id"), frame.who.label("image"), frame.who.label("unit"), said(frame.runtime),
          said(version), said(collector), said(flags), boxed(frame.limitBytes), boxed(frame.requestBytes)));
      return values;
    }
  }

  /** Something that happened to a process. */
  record OfEvent(long t, Frame frame, String kind, OptionalLong code, String words) implements Row {
    @Override
    public Table table() {
      return Table.EVENT;
    }

    @Override
    public List<Optional<?>> values() {
      return with(t, frame.who, said(kind), boxed(code), said(words), boxed(frame.limitBytes));
    }
  }

  /** A rule's answer. */
  record OfVerdict(long t, Identity who, String rule, String answer, String confidence) implements Row {
    @Override
    public Table table() {
      return Table.VERDICT;
    }

    @Override
    public List<Optional<?>> values() {
      return with(t, who, said(rule), said(answer), said(confidence));
    }
  }

  /** An action that should return bytes. */
  record OfRemedy(long t, Identity who, String action, boolean restart, OptionalLong expectedBytes) implements Row {
    @Override
    public Table table() {
      return Table.REMEDY;
    }

    @Override
    public List<Optional<?>> values() {
      return with(t, who, said(action), Optional.of(restart), boxed(expectedBytes));
    }
  }

  /** What a node has, and what of it pods may ask for. */
  record OfNode(long t, String cluster, String node, OptionalLong memoryBytes, OptionalLong allocatableBytes)
      implements
        Row {
    @Override
    public Table table() {
      return Table.NODE_CAPACITY;
    }

    @Override
    public List<Optional<?>> values() {
      return List.of(Optional.of(t), said(cluster), said(node), boxed(memoryBytes), boxed(allocatableBytes));
    }
  }

  private static List<Optional<?>> with(long t, Identity who, Optional<?>... more) {
    List<Optional<?>> values = new ArrayList<>(List.of(Optional.of(t)));
    values.addAll(who.columns());
    values.add(Optional.of(who.proc()));
    values.addAll(List.of(more));
    return values;
  }

  private static Optional<String> said(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<Long> boxed(OptionalLong number) {
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }
}
