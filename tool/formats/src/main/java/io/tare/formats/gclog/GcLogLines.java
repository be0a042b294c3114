package io.tare.formats.gclog;

import io.tare.formats.ParseLimits;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a log line by line, so that a long one never has to be in memory as a whole. */
public final class GcLogLines {
  private static final Pattern USING = Pattern.compile("Using (?:The )?(.{1,60})");
  private static final Pattern VERSION = Pattern.compile("Version: (.{1,80})");
  private static final Pattern CPU = Pattern
      .compile("GC\\(\\d{1,12}\\) User=(\\d{1,9}\\.\\d{1,4})s Sys=(\\d{1,9}\\.\\d{1,4})s Real=.*");
  private static final Pattern OF_COLLECTION = Pattern.compile("GC\\(\\d{1,12}\\).*");

  private final int most;
  private final JavaEightLines old = new JavaEightLines();
  private final List<GcEvent> events = new ArrayList<>();
  private String collector = "";
  private String version = "";
  private double cpuSeconds;
  private long left;
  private String tracer = "";
  /** For the events of logs that number none. */
  private long number;

  public GcLogLines(ParseLimits limits) {
    most = limits.items();
  }

  /** Whether the line is one of a collection log, also where it says nothing of use. */
  public boolean accept(String line) {
    JavaEightLines.Line eight = old.read(line, number);
    if (eight.known()) {
      eight.event().ifPresent(this::add);
      return true;
    }
    Optional<GcEvent> traced = TraceLines.read(line, number);
    if (traced.isPresent()) {
      add(traced.get());
      tracer = line.contains(" ms clock, ") ? "Go" : "V8";
      return true;
    }
    Decorations parts = Decorations.of(line);
    if (!parts.collects()) {
      return false;
    }
    // Lines without a number (settings, statistics) count as known where the tags say what they are.
    boolean tagged = parts.isDecorated(line) && (line.contains("[gc") || line.contains("[safepoint"));
    return Messages.read(parts).map(this::add).isPresent() || known(parts.message(), tagged) || tagged;
  }

  private GcEvent add(GcEvent event) {
    number++;
    if (events.size() < most) {
      events.add(event);
    } else {
      left++;
    }
    return event;
  }

  private boolean known(String message, boolean tagged) {
    Matcher using = USING.matcher(message);
    if (using.matches()) {
      collector = collector.isEmpty() && isCollector(using.group(1)) ? using.group(1) : collector;
      return isCollector(using.group(1));
    }
    Matcher jvm = VERSION.matcher(message);
    if (tagged && jvm.matches()) {
      version = version.isEmpty() ? jvm.group(1) : version;
      return true;
    }
    Matcher cpu = CPU.matcher(message);
    if (cpu.matches()) {
      cpuSeconds += Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2));
    }
    return OF_COLLECTION.matcher(message).matches();
  }

  private static boolean isCollector(String name) {
    return name.matches("(G1|Serial|Parallel|Shenandoah|Epsilon|Z Garbage Collector|Concurrent Mark Sweep)( .*)?");
  }

  /** How many events did not fit. */
  public long left() {
    return left;
  }

  public GcLog log() {
    String name = collector.isEmpty() ? old.collector() : collector;
    return new GcLog(name.isEmpty() ? tracer : name, version.isEmpty() ? old.version() : version, events, cpuSeconds);
  }
}
