package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What heaptrack writes, unpacked: a letter a line and numbers to the base of sixteen. {@code s} is a text, {@code i} an address with its
 * function, file and line, {@code t} a step of a call stack and the one below it, {@code a} a size at a stack, {@code +} such a block
 * allocated and {@code -} one freed. Of heaptrack 1.4: {@code i 5597a26dd1b2 1 16 15 5}.
 */
public final class HeaptrackText {
  static final List<ValueType> TYPES = List.of(new ValueType("alloc_objects", "count"),
      new ValueType("alloc_space", "bytes"), new ValueType("inuse_objects", "count"),
      new ValueType("inuse_space", "bytes"));
  private static final int WITH_LENGTHS = 3;
  private static final int DEEPEST = 512;
  private static final int MOST_FRAMES = 20_000_000;

  private final List<String> texts = new ArrayList<>();
  private final List<List<Frame>> places = new ArrayList<>();
  private final List<long[]> steps = new ArrayList<>();
  /** Size, stack, allocated, freed. */
  private final List<long[]> blocks = new ArrayList<>();
  private final ProblemList problems;
  private long version;

  private HeaptrackText(ProblemList problems) {
    this.problems = problems;
  }

  public static Parsed<Profile> parse(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    if (!text.startsWith("v ")) {
      throw new NotThisFormat(artifact + " is not what heaptrack writes");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    HeaptrackText reader = new HeaptrackText(problems);
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (reader.texts.size() + reader.places.size() + reader.steps.size() + reader.blocks.size() > 4L
          * limits.items()) {
        problems.add("line " + number, "more than " + 4L * limits.items() + " entries: the rest is left out");
        break;
      }
      if (line.length() > 2 && !reader.line(line)) {
        problems.add("line " + number, "expected numbers of what stands above, to the base of sixteen");
      }
    }
    Profile profile = reader.profile();
    if (profile.samples().isEmpty()) {
      throw new NotThisFormat(artifact + " has no allocation: it is torn, or nothing was allocated");
    }
    return new Parsed<>(profile, problems.toList());
  }

  private boolean line(String line) {
    if (line.charAt(0) == 's') {
      int text = version < WITH_LENGTHS ? 2 : line.indexOf(' ', 2) + 1;
      texts.add(text <= 0 ? "" : line.substring(text));
      return text > 0;
    }
    if ("vita+-".indexOf(line.charAt(0)) < 0 || line.charAt(1) != ' ') {
      return true;
    }
    long[] numbers = numbers(line.substring(2).split(" ", 64));
    return numbers.length > 0 && switch (line.charAt(0)) {
      case 'v' -> {
        version = numbers.length > 1 ? numbers[1] : 1;
        yield true;
      }
      case 'i' -> places.add(place(numbers));
      case 't' -> steps.add(new long[] {numbers[0], numbers.length > 1 ? numbers[1] : 0});
      case 'a' -> blocks.add(new long[] {numbers[0], numbers.length > 1 ? numbers[1] : 0, 0, 0});
      default -> block(numbers[0], line.charAt(0) == '+' ? 2 : 3);
    };
  }

  private boolean block(long number, int count) {
    if (number < 0 || number >= blocks.size()) {
      return false;
    }
    blocks.get((int) number)[count]++;
    return true;
  }

  /** Empty when one of them is none. */
  private static long[] numbers(String[] words) {
    long[] numbers = new long[words.length];
    try {
      for (int i = 0; i < words.length; i++) {
        numbers[i] = Long.parseUnsignedLong(words[i], 16);
      }
    } catch (NumberFormatException notNumbers) {
      return new long[0];
    }
    return numbers;
  }

  /** An address, its module, then function, file and line, and the same again of what it was inlined into. */
  private List<Frame> place(long[] numbers) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 2; i < numbers.length; i += 3) {
      frames.add(new Frame(text(numbers[i]), i + 1 < numbers.length ? text(numbers[i + 1]) : "",
          i + 2 < numbers.length ? Math.max(0, numbers[i + 2]) : 0));
    }
    if (frames.isEmpty() || frames.getFirst().function().isEmpty()) {
      String module = numbers.length > 1 ? text(numbers[1]) : "";
      return List.of(new Frame("0x" + Long.toHexString(numbers[0]), module, 0));
    }
    return frames;
  }

  private String text(long number) {
    return number > 0 && number <= texts.size() ? texts.get((int) number - 1) : "";
  }

  private Profile profile() {
    Map<Long, long[]> sums = new HashMap<>();
    for (long[] block : blocks) {
      long[] sum = sums.computeIfAbsent(block[1], added -> new long[TYPES.size()]);
      long left = Math.max(0, block[2] - block[3]);
      sum[0] += block[2];
      sum[1] += block[2] * block[0];
      sum[2] += left;
      sum[3] += left * block[0];
    }
    List<Sample> samples = new ArrayList<>();
    int[] total = {0};
    sums.entrySet().stream().filter(sum -> sum.getValue()[0] > 0).sorted(Map.Entry.comparingByKey()).forEach(sum -> {
      long[] values = sum.getValue();
      List<Frame> frames = total[0] > MOST_FRAMES ? List.of() : stack(sum.getKey());
      total[0] += frames.size();
      if (total[0] <= MOST_FRAMES) {
        samples.add(new Sample(frames, List.of(values[0], values[1], values[2], values[3])));
      }
    });
    if (total[0] > MOST_FRAMES) {
      problems.add("", "more than " + MOST_FRAMES + " frames: the rest is left out");
    }
    return new Profile(TYPES, samples);
  }

  private List<Frame> stack(long step) {
    List<Frame> frames = new ArrayList<>();
    int taken = 0;
    for (long at = step; at > 0 && at <= steps.size() && taken < DEEPEST; at = steps.get((int) at - 1)[1], taken++) {
      long place = steps.get((int) at - 1)[0];
      if (place > 0 && place <= places.size()) {
        frames.addAll(places.get((int) place - 1));
      }
    }
    return frames.isEmpty() ? List.of(new Frame("not told", "", 0)) : frames;
  }
}
