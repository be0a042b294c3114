package io.tare.heap.answers;

import io.tare.heap.answers.Suspects.Found;
import io.tare.model.heap.Suspect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line for each cause: what hangs on the same field in several elements, or on threads of one pool, is one suspect. */
final class Causes {
  private static final Pattern ELEMENT = Pattern.compile("\\[\\d+]");
  private static final Pattern THREAD = Pattern.compile("thread \"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Whether one object lies below another in the dominator tree. */
  interface Below {
    boolean isBelow(int node, int holder);
  }

  private Causes() {}

  /** In the order of the first of each cause; the sums of those that are no part of another. */
  static List<Suspect> merged(List<Found> found, Below below, long totalBytes) {
    Map<String, List<Found>> byCause = new LinkedHashMap<>();
    for (Found one : found) {
      byCause.computeIfAbsent(cause(one.suspect()), unseen -> new ArrayList<>()).add(one);
    }
    List<Suspect> suspects = new ArrayList<>();
    byCause.values().forEach(same -> suspects.add(merged(apart(same, below), totalBytes)));
    return suspects;
  }

  /** Without what tells elements of one array, or threads of one pool, from each other. */
  static String place(String holder) {
    String elements = ELEMENT.matcher(holder).replaceAll("[…]");
    return THREAD.matcher(elements).replaceAll(
        name -> Matcher.quoteReplacement("thread \"" + NUMBER.matcher(name.group(1)).replaceAll("…") + '"'));
  }

  private static String cause(Suspect suspect) {
    return place(suspect.holder()) + " " + suspect.piledUpClass() + " " + suspect.otherWays().size();
  }

  private static List<Found> apart(List<Found> same, Below below) {
    return same.stream().filter(one -> same.stream()
        .noneMatch(
            other -> other != one && other.holder() != one.holder() && below.isBelow(one.holder(), other.holder())))
        .toList();
  }

  private static Suspect merged(List<Found> same, long totalBytes) {
    Suspect first = same.getFirst().suspect();
    if (same.size() == 1) {
      return first;
    }
    long bytes = same.stream().mapToLong(one -> one.suspect().retainedBytes()).sum();
    double share = (double) bytes / totalBytes;
    String summary = first.summary() + "; with " + (same.size() - 1) + " more of the same kind "
        + Suspects.percent(share);
    return new Suspect(summary, first.holder(), bytes, share, first.path(), first.piledUpClass(),
        same.stream().mapToLong(one -> one.suspect().piledUpObjects()).sum(),
        same.stream().mapToLong(one -> one.suspect().piledUpBytes()).sum(), first.otherWays());
  }
}
