package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.profile.jfr.JfrTypes.JfrField;
import io.tare.formats.profile.jfr.JfrTypes.JfrType;
import io.tare.model.profile.Numbers;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A flight recording, of the JVM (from JDK 11 on) or of async-profiler: chunks, each with its own types and tables. Of its events those are
 * read that say who allocated what, and what of it still lived; the rest is passed over.
 */
public final class JfrBytes {
  static final List<ValueType> TYPES = List.of(new ValueType("alloc_objects", "samples"),
      new ValueType("alloc_space", "bytes"), new ValueType("inuse_objects", "samples"),
      new ValueType("inuse_space", "bytes"));
  private static final int HEAD_BYTES = 68;
  private static final int MOST_STACKS = 5_000_000;
  private static final int MOST_FRAMES = 50_000_000;

  private final String artifact;
  private final JfrInput in;
  private final JfrStacks stacks = new JfrStacks();
  private final Map<Spot, long[]> sums = new LinkedHashMap<>();
  private long sampled;
  private long inBuffers;

  private final Predicate<String> tags;

  private JfrBytes(String artifact, JfrSource source, Predicate<String> tags, int windowBytes) {
    this.artifact = artifact;
    this.tags = tags;
    this.in = new JfrInput(artifact, source, windowBytes);
  }

  /** What an event counts, and by which member; the JVM has the first by itself, the others where they are switched on. */
  private enum Event {
    SAMPLE("jdk.ObjectAllocationSample", "weight", 0),
    IN_BUFFER("jdk.ObjectAllocationInNewTLAB", "tlabSize",
        0),
    OUTSIDE("jdk.ObjectAllocationOutsideTLAB", "allocationSize", 0),
    OLD("jdk.OldObjectSample", "objectSize",
        2),
    LIVE("profiler.LiveObject", "allocationSize", 2),
    MALLOC("profiler.Malloc", "size", 0);

    private final String type;
    private final String bytes;
    private final int first;

    Event(String type, String bytes, int first) {
      this.type = type;
      this.bytes = bytes;
      this.first = first;
    }
  }

  public static Parsed<Profile> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, JfrSource.of(content), limits);
  }

  public static Parsed<Profile> parse(String artifact, JfrSource source, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, source, limits, tag -> true);
  }

  /**
   * Reads a recording of any size: what is remembered of it is small.
   *
   * @param tags which of {@code type}, {@code thread} and {@code event} are told: without them there are many fewer stacks to tell apart
   */
  public static Parsed<Profile> parse(String artifact, JfrSource source, ParseLimits limits, Predicate<String> tags)
      throws NotThisFormat {
    return parse(artifact, source, limits, tags, JfrInput.WINDOW_BYTES);
  }

  static Parsed<Profile> parse(String artifact, JfrSource source, ParseLimits limits, Predicate<String> tags,
      int windowBytes) throws NotThisFormat {
    ProblemList problems = new ProblemList(artifact, limits);
    JfrBytes reader = new JfrBytes(artifact, source, tags, windowBytes);
    long at = 0;
    int chunks = 0;
    while (at + HEAD_BYTES <= source.bytes()) {
      long size;
      try {
        size = reader.chunk(at);
      } catch (NotThisFormat torn) {
        if (chunks == 0) {
          throw torn;
        }
        problems.add("byte " + at, "a torn part is left out: " + torn.getMessage());
        break;
      }
      chunks++;
      at += size;
    }
    if (chunks == 0) {
      throw new NotThisFormat(artifact + " is no flight recording");
    }
    return new Parsed<>(reader.profile(), problems.toList());
  }

  /** Reads one, and returns its size. */
  private long chunk(long from) throws NotThisFormat {
    if (in.bigEndian(from, 4) != 0x464c5200) {
      throw in.torn();
    }
    if (in.bigEndian(from + 4, 2) != 2) {
      throw new NotThisFormat(artifact + " is a flight recording of version " + in.bigEndian(from + 4, 2)
          + "; version 2, of JDK 11 and later, is read");
    }
    long size = in.bigEndian(from + 8, Long.BYTES);
    long tables = in.bigEndian(from + 16, Long.BYTES);
    long types = in.bigEndian(from + 24, Long.BYTES);
    if (size < HEAD_BYTES || size > in.size() - from || types < HEAD_BYTES || types >= size || tables < HEAD_BYTES
        || tables >= size) {
      throw new NotThisFormat(artifact + " is torn, or still being written: its part at byte " + from + " has no end");
    }
    if ((in.bigEndian(from + 64, 4) & 1) == 0) {
      throw new NotThisFormat(artifact + " has numbers that are not compressed, which is not read");
    }
    in.go(from + types, from + size);
    JfrTypes known = JfrTypes.read(in);
    JfrTables all = JfrTables.read(in, known, stacks, from, tables, from + size);
    in.go(from + HEAD_BYTES, from + size);
    Map<Long, Plan> plans = new HashMap<>();
    while (in.hasMore()) {
      long begin = in.at();
      long length = in.number();
      if (length <= 0 || length > from + size - begin) {
        throw in.torn();
      }
      Plan plan = plans.computeIfAbsent(in.number(), id -> Plan.of(known.type(id), known, tags));
      if (plan.isWanted()) {
        event(in, known, plan);
      }
      in.go(begin + length, from + size);
    }
    for (Plan plan : plans.values()) {
      for (JfrSites.Site site : plan.sites().all()) {
        add(site, plan, all);
      }
    }
    return size;
  }

  /**
   * How an event is read: member by member, up to the last that is wanted.
   *
   * @param isNumber of each member, whether it is a number of variable length, as nearly all are
   */
  private record Plan(List<Event> event, List<JfrField> fields, List<Boolean> isNumber, int bytes, int stack, int type,
      int thread, JfrSites sites) {
    static Plan of(@Nullable JfrType type, JfrTypes types, Predicate<String> tags) {
      for (Event event : Event.values()) {
        if (type != null && type.name().equals(event.type)) {
          return new Plan(List.of(event), type.fields(), type.fields().stream().map(types::isNumber).toList(),
              type.indexOf(event.bytes).orElse(-1), type.indexOf("stackTrace").orElse(-1),
              tags.test("type") ? type.indexOf(event == Event.OLD ? "object" : "objectClass").orElse(-1) : -1,
              tags.test("thread") ? type.indexOf("eventThread").orElse(-1) : -1, new JfrSites());
        }
      }
      return new Plan(List.of(), List.of(), List.of(), -1, -1, -1, -1, new JfrSites());
    }

    boolean isWanted() {
      return !event.isEmpty();
    }
  }

  private static void event(JfrInput in, JfrTypes types, Plan plan) throws NotThisFormat {
    long bytes = 0;
    long stack = 0;
    long type = 0;
    long thread = 0;
    int last = Math.max(Math.max(plan.bytes(), plan.stack()), Math.max(plan.type(), plan.thread()));
    for (int i = 0; i <= last; i++) {
      if (!plan.isNumber().get(i)) {
        types.field(plan.fields().get(i), 0);
        continue;
      }
      long number = in.number();
      if (i == plan.bytes()) {
        bytes = number;
      } else if (i == plan.stack()) {
        stack = number;
      } else if (i == plan.type()) {
        type = number;
      } else if (i == plan.thread()) {
        thread = number;
      }
    }
    plan.sites().add(stack, type, thread, Math.max(0, bytes));
  }

  private void add(JfrSites.Site site, Plan plan, JfrTables tables) throws NotThisFormat {
    Event event = plan.event().getFirst();
    sampled += event == Event.SAMPLE ? site.samples() : 0;
    inBuffers += event == Event.IN_BUFFER || event == Event.OUTSIDE ? site.samples() : 0;
    String type = "";
    if (plan.type() >= 0) {
      long types = plan.fields().get(plan.type()).type();
      type = event == Event.OLD
          ? tables.classOfOldObject(types, site.type())
          : tables.className(types, site.type());
    }
    String thread = plan.thread() < 0
        ? ""
        : tables.threadName(plan.fields().get(plan.thread()).type(), site.thread());
    int stack = plan.stack() < 0
        ? stacks.stack(new int[] {stacks.frame(new Frame("not told", "", 0))})
        : tables.stack(plan.fields().get(plan.stack()).type(), site.stack());
    long[] sum = sums.computeIfAbsent(new Spot(stack, type, thread, event), added -> new long[TYPES.size()]);
    if (stacks.framesOfAll() > MOST_FRAMES || sums.size() > MOST_STACKS) {
      throw new NotThisFormat(artifact + " has more than " + MOST_FRAMES + " frames or " + MOST_STACKS + " stacks");
    }
    sum[event.first] += site.samples();
    sum[event.first + 1] += site.bytes();
  }

  /** What is one stack of the profile. */
  private record Spot(int stack, String type, String thread, Event event) {
    Sample with(List<Frame> frames, long[] sum, boolean tellsEvent) {
      Map<String, String> tags = new TreeMap<>();
      tag(tags, "type", type);
      tag(tags, "thread", thread);
      tag(tags, "event", tellsEvent ? event.type : "");
      return new Sample(frames, Numbers.of(sum), tags);
    }
  }

  private static void tag(Map<String, String> tags, String name, String value) {
    if (!value.isEmpty()) {
      tags.put(name, value);
    }
  }

  /** Where both are on, the sampled allocations and those of buffers tell the same bytes: the sampled ones are taken. */
  private Profile profile() throws NotThisFormat {
    boolean leavesBuffers = sampled > 0 && inBuffers > 0;
    List<Sample> samples = new ArrayList<>();
    sums.forEach((spot, sum) -> {
      if (!(leavesBuffers && (spot.event() == Event.IN_BUFFER || spot.event() == Event.OUTSIDE))) {
        samples.add(spot.with(stacks.frames(spot.stack()), sum, tags.test("event")));
      }
    });
    if (samples.isEmpty()) {
      throw new NotThisFormat(artifact + " is a flight recording without samples of allocations or of old objects;"
          + " they are on in the settings 'profile', or by jdk.ObjectAllocationSample#enabled=true");
    }
    return new Profile(TYPES, samples);
  }
}
