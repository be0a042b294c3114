package io.tare.model.report;

import java.util.List;

/**
 * One rule's answer. A rule that lacks what it needs says so: the absence of data never reads as health.
 *
 * <p>{@code rule} is a stable id such as {@code heap-idle}; {@code summary} is one sentence for a person.
 */
public sealed interface Verdict {
  String rule();

  String summary();

  List<Figure> readings();

  /** The rule applies: this explains a good part of the weight, or is a danger. */
  record Yes(String rule, String summary, Strength strength, List<Figure> readings,
      List<Remedy> remedies) implements Verdict {
    public Yes {
      readings = List.copyOf(readings);
      remedies = List.copyOf(remedies);
    }
  }

  /** The rule was checked and does not apply. */
  record No(String rule, String summary, List<Figure> readings) implements Verdict {
    public No {
      readings = List.copyOf(readings);
    }
  }

  /**
   * The rule can't be judged from this reading.
   *
   * @param missing what is missing and how to get it: {@code needs --ask=gc}
   */
  record CannotTell(String rule, String summary, String missing, List<Figure> readings) implements Verdict {
    public CannotTell {
      readings = List.copyOf(readings);
    }
  }

  /** How sure a yes is. */
  enum Strength {
    HIGH, MEDIUM, LOW
  }
}
