package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.profile.Numbers;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * A profile as pprof reads it: one protocol buffer (perftools.profiles.Profile), packed by gzip or not. Functions that were inlined
 * share a location; here each is a frame of its own.
 */
public final class PprofBytes {
  private static final int MOST_BYTES = 512 << 20;
  private static final int MOST_FRAMES = 20_000_000;
  private static final int PACKED_BYTES = 1 << 16;

  private final String artifact;
  private final ParseLimits limits;
  private final Predicate<String> tags;
  private final List<String> texts = new ArrayList<>();
  private final List<long[]> types = new ArrayList<>();
  private int sampleCount;
  private final Map<Long, List<long[]>> locations = new HashMap<>();
  private final Map<Long, long[]> functions = new HashMap<>();
  private int items;

  private PprofBytes(String artifact, ParseLimits limits, Predicate<String> tags) {
    this.artifact = artifact;
    this.limits = limits;
    this.tags = tags;
  }

  public static Parsed<Profile> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    return parse(artifact, content, limits, tag -> true);
  }

  /**
   * Reads a profile, packed or not.
   *
   * @param tags which labels are kept
   */
  static Parsed<Profile> parse(String artifact, byte[] content, ParseLimits limits, Predicate<String> tags)
      throws NotThisFormat {
    return Parsed.of(new PprofBytes(artifact, limits, tags).read(content));
  }

  private static InputStream unpacked(byte[] content) throws IOException {
    InputStream plain = new ByteArrayInputStream(content);
    return content.length < 2 || content[0] != 0x1f || content[1] != (byte) 0x8b
        ? plain
        : new GZIPInputStream(plain, PACKED_BYTES);
  }

  /** Twice through: what the stacks refer to comes after them, and unpacked they are more than Tare may fill. */
  private Profile read(byte[] content) throws NotThisFormat {
    try (InputStream tables = unpacked(content); InputStream stacks = unpacked(content)) {
      tables(new ProtoStream(artifact, tables, MOST_BYTES));
      if (types.isEmpty() || texts.isEmpty()) {
        throw new NotThisFormat(artifact + " is no pprof profile: it says not what its values mean");
      }
      return profile(new ProtoStream(artifact, stacks, MOST_BYTES));
    } catch (IOException torn) {
      throw new NotThisFormat(artifact + " is a torn gzip file");
    }
  }

  private void tables(ProtoStream message) throws NotThisFormat, IOException {
    while (message.next()) {
      if (++items > limits.items()) {
        throw new NotThisFormat(artifact + " has more than " + limits.items() + " entries");
      }
      switch (message.field()) {
        case 1 -> types.add(numbers(message.value().message(), 2));
        case 2 -> sampleCount++;
        case 4 -> location(message.value().message());
        case 5 -> {
          long[] function = numbers(message.value().message(), 4);
          functions.put(function[0], function);
        }
        case 6 -> texts.add(new String(message.value().bytes(), StandardCharsets.UTF_8));
        default -> {
        }
      }
    }
  }

  /** The numbers of the fields 1 to {@code count}. */
  private static long[] numbers(ProtoReader message, int count) throws NotThisFormat {
    long[] numbers = new long[count];
    while (message.next()) {
      if (message.field() <= count && message.isNumber()) {
        numbers[message.field() - 1] = message.number();
      }
    }
    return numbers;
  }

  private void location(ProtoReader message) throws NotThisFormat {
    long id = 0;
    long address = 0;
    List<long[]> lines = new ArrayList<>();
    while (message.next()) {
      switch (message.field()) {
        case 1 -> id = message.number();
        case 3 -> address = message.number();
        case 4 -> lines.add(numbers(message.message(), 2));
        default -> {
        }
      }
    }
    // A place without a name is called by its address.
    locations.put(id, lines.isEmpty() ? List.of(new long[] {-1, address}) : lines);
  }

  private Profile profile(ProtoStream message) throws NotThisFormat, IOException {
    List<ValueType> named = new ArrayList<>();
    for (long[] type : types) {
      named.add(new ValueType(text(type[0]), text(type[1])));
    }
    Places frames = new Places();
    Map<Frame, Frame> same = new HashMap<>();
    for (Map.Entry<Long, List<long[]>> location : locations.entrySet()) {
      List<Frame> here = new ArrayList<>();
      for (long[] line : location.getValue()) {
        here.add(same.computeIfAbsent(frame(line), added -> added));
      }
      frames.put(location.getKey(), here.toArray(new Frame[0]));
    }
    List<Sample> stacks = new ArrayList<>(sampleCount);
    long total = 0;
    while (message.next()) {
      if (message.field() != 2) {
        continue;
      }
      Sample stack = stack(message.value().message(), frames, named.size());
      total += stack.frames().size();
      if (total > MOST_FRAMES) {
        throw new NotThisFormat(artifact + " has more than " + MOST_FRAMES + " frames");
      }
      stacks.add(stack);
    }
    return new Profile(named, stacks);
  }

  /** A label that says nothing is left out: the size of the objects, which Go's profiles note, is one of many in a stack. */
  private Sample stack(ProtoReader message, Places frames, int types) throws NotThisFormat {
    List<Frame> stack = new ArrayList<>();
    Values values = new Values(types);
    Map<String, String> labels = new HashMap<>();
    while (message.next()) {
      switch (message.field()) {
        case 1 -> message.eachNumber(location -> {
          for (Frame frame : frames.get(location)) {
            stack.add(frame);
          }
          if (stack.size() > MOST_FRAMES) {
            throw new NotThisFormat(artifact + " has more than " + MOST_FRAMES + " frames");
          }
        });
        case 2 -> message.eachNumber(values::add);
        case 3 -> {
          long[] label = numbers(message.message(), 4);
          String name = text(label[0]);
          if (tags.test(name)) {
            labels.put(name, label[1] == 0 ? Long.toString(label[2]) : text(label[1]));
          }
        }
        default -> {
        }
      }
    }
    if (values.size != types) {
      throw new NotThisFormat(artifact + " has a stack with " + values.size + " values for " + types + " types");
    }
    return new Sample(stack, Numbers.of(values.numbers), labels);
  }

  /** Of one stack; more than there are types are only counted. */
  private static final class Values {
    private final long[] numbers;
    private int size;

    Values(int types) {
      numbers = new long[types];
    }

    void add(long number) {
      if (size < numbers.length) {
        numbers[size] = number;
      }
      size++;
    }
  }

  /** The frames of a place by its number: programs number them from one, and then a table without keys is enough. */
  private static final class Places {
    private static final int DENSE = 1 << 20;
    private static final Frame[] NONE = {};

    private Frame[][] dense = new Frame[1024][];
    private final Map<Long, Frame[]> others = new HashMap<>();

    void put(long number, Frame[] frames) {
      if (number < 0 || number >= DENSE) {
        others.put(number, frames);
        return;
      }
      if (number >= dense.length) {
        dense = Arrays.copyOf(dense, (int) Math.max(number + 1, 2L * dense.length));
      }
      dense[(int) number] = frames;
    }

    Frame[] get(long number) {
      Frame[] found = number >= 0 && number < dense.length ? dense[(int) number] : others.get(number);
      return found == null ? NONE : found;
    }
  }

  private Frame frame(long[] line) throws NotThisFormat {
    if (line[0] == -1) {
      return new Frame("0x" + Long.toHexString(line[1]), "", 0);
    }
    long[] function = functions.get(line[0]);
    if (function == null) {
      throw new NotThisFormat(artifact + " names function " + line[0] + ", which it does not have");
    }
    return new Frame(text(function[1]), text(function[3]), line[1]);
  }

  private String text(long number) throws NotThisFormat {
    if (number < 0 || number >= texts.size()) {
      throw new NotThisFormat(artifact + " refers to text " + number + ", and has " + texts.size());
    }
    return texts.get((int) number);
  }
}
