package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A profile as pprof reads it: one protocol buffer (perftools.profiles.Profile), packed by gzip or not. Functions that were inlined
 * share a location; here each is a frame of its own.
 */
public final class PprofBytes {
  private static final int MOST_BYTES = 512 << 20;
  private static final int MOST_FRAMES = 20_000_000;

  private final String artifact;
  private final ParseLimits limits;
  private final List<String> texts = new ArrayList<>();
  private final List<long[]> types = new ArrayList<>();
  /** Where they are: there may be millions, and what they refer to comes after them. */
  private long[] samples = new long[1024];
  private int sampleCount;
  private final Map<Long, List<long[]>> locations = new HashMap<>();
  private final Map<Long, long[]> functions = new HashMap<>();
  private int items;

  private PprofBytes(String artifact, ParseLimits limits) {
    this.artifact = artifact;
    this.limits = limits;
  }

  public static Parsed<Profile> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    return Parsed.of(new PprofBytes(artifact, limits).read(unpacked(artifact, content)));
  }

  private static byte[] unpacked(String artifact, byte[] content) throws NotThisFormat {
    if (content.length < 2 || content[0] != 0x1f || content[1] != (byte) 0x8b) {
      return content;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      byte[] plain = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new NotThisFormat(artifact + " unpacks to more than " + MOST_BYTES + " bytes");
      }
      return plain;
    } catch (IOException torn) {
      throw new NotThisFormat(artifact + " is a torn gzip file");
    }
  }

  private Profile read(byte[] content) throws NotThisFormat {
    ProtoReader message = new ProtoReader(artifact, content);
    while (message.next()) {
      if (++items > limits.items()) {
        throw new NotThisFormat(artifact + " has more than " + limits.items() + " entries");
      }
      switch (message.field()) {
        case 1 -> types.add(numbers(message.message(), 2));
        case 2 -> sample(message.place());
        case 4 -> location(message.message());
        case 5 -> {
          long[] function = numbers(message.message(), 4);
          functions.put(function[0], function);
        }
        case 6 -> texts.add(new String(message.bytes(), StandardCharsets.UTF_8));
        default -> {
        }
      }
    }
    if (types.isEmpty() || texts.isEmpty()) {
      throw new NotThisFormat(artifact + " is no pprof profile: it says not what its values mean");
    }
    return profile(message);
  }

  private void sample(long place) {
    if (sampleCount == samples.length) {
      samples = Arrays.copyOf(samples, 2 * sampleCount);
    }
    samples[sampleCount++] = place;
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

  private Profile profile(ProtoReader message) throws NotThisFormat {
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
    for (int i = 0; i < sampleCount; i++) {
      Sample stack = stack(message.at(samples[i]), frames);
      total += stack.frames().size();
      if (total > MOST_FRAMES) {
        throw new NotThisFormat(artifact + " has more than " + MOST_FRAMES + " frames");
      }
      if (stack.values().size() != named.size()) {
        throw new NotThisFormat(artifact + " has a stack with " + stack.values().size() + " values for "
            + named.size() + " types");
      }
      stacks.add(stack);
    }
    return new Profile(named, stacks);
  }

  /** A label that says nothing is left out: the size of the objects, which Go's profiles note, is one of many in a stack. */
  private Sample stack(ProtoReader message, Places frames) throws NotThisFormat {
    List<Frame> stack = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    Map<String, String> tags = new HashMap<>();
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
          tags.put(text(label[0]), label[1] == 0 ? Long.toString(label[2]) : text(label[1]));
        }
        default -> {
        }
      }
    }
    return new Sample(stack, values, tags);
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
