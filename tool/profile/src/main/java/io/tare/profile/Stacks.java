package io.tare.profile;

import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Profiles from profiles. */
public final class Stacks {
  private Stacks() {}

  /**
   * Which stacks are looked at, and which of their frames.
   *
   * @param focus a stack stays when each of these finds one of its functions
   * @param ignore a stack goes when any of these does
   * @param hide functions that are left out of every stack; a stack of which nothing remains goes
   * @param tags a stack stays when it has each of these tags, with a value in which the pattern finds something
   */
  public record Filter(List<Pattern> focus, List<Pattern> ignore, List<Pattern> hide, Map<String, Pattern> tags) {
    public Filter(List<Pattern> focus, List<Pattern> ignore, List<Pattern> hide) {
      this(focus, ignore, hide, Map.of());
    }

    public Filter {
      focus = List.copyOf(focus);
      ignore = List.copyOf(ignore);
      hide = List.copyOf(hide);
      tags = Map.copyOf(tags);
    }

    private boolean keeps(Sample sample) {
      for (Pattern pattern : focus) {
        if (!isIn(sample, pattern)) {
          return false;
        }
      }
      for (Pattern pattern : ignore) {
        if (isIn(sample, pattern)) {
          return false;
        }
      }
      for (Map.Entry<String, Pattern> tag : tags.entrySet()) {
        String value = sample.tags().get(tag.getKey());
        if (value == null || !tag.getValue().matcher(value).find()) {
          return false;
        }
      }
      return true;
    }

    private static boolean isIn(Sample sample, Pattern pattern) {
      return sample.frames().stream().anyMatch(frame -> finds(pattern, frame));
    }

    private static boolean finds(Pattern pattern, Frame frame) {
      return pattern.matcher(frame.function()).find();
    }

    private Sample shown(Sample sample) {
      return hide.isEmpty()
          ? sample
          : new Sample(sample.frames().stream()
              .filter(frame -> hide.stream().noneMatch(pattern -> finds(pattern, frame))).toList(), sample.values(),
              sample.tags());
    }
  }

  /** What the filter lets through; a large profile is no second time in memory for it. */
  public static Profile filtered(Profile profile, Filter filter) {
    List<Sample> kept = new ArrayList<>(profile.samples().size());
    for (Sample sample : profile.samples()) {
      if (filter.keeps(sample)) {
        Sample shown = filter.shown(sample);
        if (!shown.frames().isEmpty()) {
          kept.add(shown);
        }
      }
    }
    return new Profile(profile.types(), kept);
  }

  /** The sum of profiles: stacks that are equal become one; a single profile is its own. Empty when their types differ. */
  public static Optional<Profile> sum(List<Profile> profiles) {
    return profiles.size() == 1 ? Optional.of(profiles.getFirst()) : combined(profiles, 1);
  }

  /** What is more in the first than in the second, also less than nothing. Empty when their types differ. */
  public static Optional<Profile> difference(Profile now, Profile base) {
    return combined(List.of(now, base), -1);
  }

  private static Optional<Profile> combined(List<Profile> profiles, int signOfOthers) {
    if (profiles.isEmpty() || !profiles.stream().allMatch(one -> one.types().equals(profiles.getFirst().types()))) {
      return Optional.empty();
    }
    Map<Sample, long[]> sums = new LinkedHashMap<>();
    for (int i = 0; i < profiles.size(); i++) {
      for (Sample sample : profiles.get(i).samples()) {
        long[] sum = sums.computeIfAbsent(new Sample(sample.frames(), List.of(), sample.tags()),
            added -> new long[sample.values().size()]);
        for (int value = 0; value < sum.length; value++) {
          sum[value] += (i == 0 ? 1 : signOfOthers) * sample.values().get(value);
        }
      }
    }
    List<Sample> samples = new ArrayList<>();
    sums.forEach((stack, sum) -> {
      List<Long> values = new ArrayList<>();
      for (long value : sum) {
        values.add(value);
      }
      if (values.stream().anyMatch(value -> value != 0)) {
        samples.add(new Sample(stack.frames(), values, stack.tags()));
      }
    });
    return Optional.of(new Profile(profiles.getFirst().types(), samples));
  }
}
