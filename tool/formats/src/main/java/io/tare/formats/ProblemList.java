package io.tare.formats;

import io.tare.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one artefact: the first ones as they are, the rest as a count. */
public final class ProblemList {
  private final String artifact;
  private final int most;
  private final List<Problem> listed = new ArrayList<>();
  private long unlisted;

  public ProblemList(String artifact, ParseLimits limits) {
    this.artifact = artifact;
    this.most = limits.problems();
  }

  public void add(String where, String message) {
    if (listed.size() < most) {
      listed.add(new Problem(artifact, where, message));
    } else {
      unlisted++;
    }
  }

  public List<Problem> toList() {
    List<Problem> all = new ArrayList<>(listed);
    if (unlisted > 0) {
      all.add(new Problem(artifact, "", "and " + unlisted + " more problems"));
    }
    return List.copyOf(all);
  }
}
