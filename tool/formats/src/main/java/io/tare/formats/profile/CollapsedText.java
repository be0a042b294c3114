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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stack a line, the outermost function first, and its value: {@code main.main;main.load;os.ReadFile 1048576}. */
public final class CollapsedText {
  private static final int DEEPEST = 4096;

  private CollapsedText() {}

  /**
   * A line a stack.
   *
   * @param type which of the profile's values; stacks without one are left out
   */
  public static String write(Profile profile, int type) {
    Map<String, Long> lines = new LinkedHashMap<>();
    for (Sample sample : profile.samples()) {
      String stack = String.join(";", sample.frames().reversed().stream().map(CollapsedText::name).toList());
      lines.merge(stack, sample.values().get(type), Long::sum);
    }
    StringBuilder text = new StringBuilder();
    lines.forEach((stack, value) -> {
      if (value != 0) {
        text.append(stack).append(' ').append(value).append('\n');
      }
    });
    return text.toString();
  }

  private static String name(Frame frame) {
    return frame.function().replaceAll("[;\\r\\n]", "_");
  }

  public static Parsed<Profile> parse(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    ProblemList problems = new ProblemList(artifact, limits);
    List<Sample> samples = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (samples.size() >= limits.items()) {
        problems.add("line " + number, "more than " + limits.items() + " stacks: the rest is left out");
        break;
      }
      int blank = line.lastIndexOf(' ');
      if (blank > 0 && line.substring(blank + 1).matches("-?\\d{1,18}")) {
        samples.add(new Sample(frames(line.substring(0, blank)), List.of(Long.parseLong(line.substring(blank + 1)))));
      } else if (!line.isBlank()) {
        problems.add("line " + number, "expected 'function;function value'");
      }
    }
    if (samples.isEmpty()) {
      throw new NotThisFormat(artifact + " has no line of the form 'function;function value'");
    }
    return new Parsed<>(new Profile(List.of(new ValueType("samples", "count")), samples), problems.toList());
  }

  private static List<Frame> frames(String stack) {
    String[] names = stack.split(";", DEEPEST);
    return Arrays.stream(names).map(name -> new Frame(name, "", 0)).toList().reversed();
  }
}
