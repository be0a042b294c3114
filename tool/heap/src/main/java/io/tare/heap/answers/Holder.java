package io.tare.heap.answers;

import io.tare.model.heap.PathStep;
import java.util.List;
import java.util.stream.Collectors;

/** The part of a path that a person would name: from the last static field or thread on. */
public final class Holder {
  private static final int MOST_STEPS = 8;

  private Holder() {}

  /** {@code static field io.x.Cache.ENTRIES → table}. */
  public static String words(List<PathStep> path) {
    int from = start(path);
    PathStep first = path.get(from);
    String start = from > 0 && first.reference().startsWith("static ")
        ? "static field " + path.get(from - 1).label() + "." + first.reference().substring("static ".length())
        : isThread(path, from)
            ? threadWords(path, from)
            : (from == 0 ? first.reference() + " " : "") + described(first);
    String rest = path.stream().skip(from + 1L).limit(MOST_STEPS)
        .map(PathStep::reference)
        .filter(reference -> !reference.isEmpty())
        .collect(Collectors.joining(" → "));
    return rest.isEmpty() ? start : start + " → " + rest;
  }

  private static int start(List<PathStep> path) {
    for (int i = path.size() - 1; i > 0; i--) {
      if (path.get(i).reference().startsWith("static ") || isThread(path, i)) {
        return i;
      }
    }
    return 0;
  }

  private static boolean isThread(List<PathStep> path, int at) {
    return at > 0 && path.get(at - 1).reference().equals("thread");
  }

  private static String threadWords(List<PathStep> path, int at) {
    return "thread " + path.get(at - 1).label() + " " + path.get(at).reference();
  }

  private static String described(PathStep step) {
    return step.className() + (step.label().isEmpty() ? "" : " " + step.label());
  }
}
