package io.tare.formats.memory;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.facts.Fact;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An artefact's lines on their way to a record: lines of unknown words are left out (a newer Tare may have written them), and a
 * problem that the writer met is a line too: {@code problem where=7f00 message=no%20room}.
 */
final class FactLines {
  private final List<Fact> facts;
  private final List<Problem> problems;
  private final ProblemList ownProblems;

  private FactLines(List<Fact> facts, List<Problem> problems, ProblemList ownProblems) {
    this.facts = facts;
    this.problems = problems;
    this.ownProblems = ownProblems;
  }

  /** The lines of an artefact whose first word must be {@code header}. */
  static FactLines of(String artifact, String header, String text, ParseLimits limits) throws NotThisFormat {
    Parsed<List<Fact>> parsed = Fact.parseAll(artifact, text, limits);
    List<Fact> facts = parsed.value();
    if (facts.isEmpty() || !facts.getFirst().word().equals(header)) {
      throw new NotThisFormat(artifact + " does not begin with a line '" + header + "'");
    }
    List<Problem> problems = new ArrayList<>(parsed.problems());
    ProblemList own = new ProblemList(artifact, limits);
    for (Fact fact : facts) {
      if (fact.word().equals("problem")) {
        own.add(fact.text("where").orElse(""), fact.text("message").orElse("unknown"));
      }
    }
    return new FactLines(facts, problems, own);
  }

  Fact header() {
    return facts.getFirst();
  }

  List<Fact> withWord(String word) {
    return facts.stream().filter(fact -> fact.word().equals(word)).toList();
  }

  void problem(Fact fact, String message) {
    ownProblems.add(fact.line(), message);
  }

  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(ownProblems.toList());
    return all;
  }

  /** The range of the keys {@code start} and {@code end}; empty, with a problem, when it is none. */
  Optional<AddressRange> range(Fact fact) {
    OptionalLong start = fact.address("start");
    OptionalLong end = fact.address("end");
    if (start.isEmpty() || end.isEmpty() || Long.compareUnsigned(start.getAsLong(), end.getAsLong()) > 0) {
      problem(fact, "expected 'start=<address> end=<later address>'");
      return Optional.empty();
    }
    return Optional.of(new AddressRange(start.getAsLong(), end.getAsLong()));
  }

  static String text(List<Fact> facts, List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    facts.forEach(fact -> text.append(fact.line()).append('\n'));
    problems.forEach(problem -> text
        .append(Fact.of("problem", "where", problem.where(), "message", problem.message()).line()).append('\n'));
    return text.toString();
  }

  static String hex(long address) {
    return Long.toHexString(address);
  }
}
