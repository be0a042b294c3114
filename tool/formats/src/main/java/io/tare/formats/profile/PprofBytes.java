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
  private final List<Stack> samples = new ArrayList<>();
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
        case 2 -> samples.add(sample(message.message()));
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
    return profile();
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

  /** Places and values by number; labels as the numbers of their name, text, number and unit. */
  private record Stack(List<Long> places, List<Long> values, List<long[]> labels) {}

  private static Stack sample(ProtoReader message) throws NotThisFormat {
    List<Long> stack = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    List<long[]> labels = new ArrayList<>();
    while (message.next()) {
      switch (message.field()) {
        case 1 -> message.numbersInto(stack);
        case 2 -> message.numbersInto(values);
        case 3 -> labels.add(numbers(message.message(), 4));
        default -> {
        }
      }
    }
    return new Stack(stack, values, labels);
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

  private Profile profile() throws NotThisFormat {
    List<ValueType> named = new ArrayList<>();
    for (long[] type : types) {
      named.add(new ValueType(text(type[0]), text(type[1])));
    }
    Map<Long, List<Frame>> frames = new HashMap<>();
    for (Map.Entry<Long, List<long[]>> location : locations.entrySet()) {
      List<Frame> here = new ArrayList<>();
      for (long[] line : location.getValue()) {
        here.add(frame(line));
      }
      frames.put(location.getKey(), here);
    }
    List<Sample> stacks = new ArrayList<>();
    int total = 0;
    for (Stack sample : samples) {
      List<Frame> stack = new ArrayList<>();
      for (Long location : sample.places()) {
        stack.addAll(frames.getOrDefault(location, List.of()));
        if (total + stack.size() > MOST_FRAMES) {
          throw new NotThisFormat(artifact + " has more than " + MOST_FRAMES + " frames");
        }
      }
      total += stack.size();
      if (sample.values().size() != named.size()) {
        throw new NotThisFormat(artifact + " has a stack with " + sample.values().size() + " values for "
            + named.size() + " types");
      }
      stacks.add(new Sample(stack, sample.values(), tags(sample)));
    }
    return new Profile(named, stacks);
  }

  /** A label that says nothing is left out: the size of the objects, which Go's profiles note, is one of many in a stack. */
  private Map<String, String> tags(Stack sample) throws NotThisFormat {
    Map<String, String> tags = new HashMap<>();
    for (long[] label : sample.labels()) {
      String value = label[1] == 0 ? Long.toString(label[2]) : text(label[1]);
      tags.put(text(label[0]), value);
    }
    return tags;
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
