package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;

/** The mappings as they are found. Keeps the kernel's promise that they ascend and never overlap. */
final class MappingList {
  private final ProblemList problems;
  private final int most;
  private final List<Mapping> mappings = new ArrayList<>();
  private long end;
  private boolean full;

  MappingList(String artifact, ParseLimits limits) {
    this.problems = new ProblemList(artifact, limits);
    this.most = limits.items();
  }

  void problem(int line, String message) {
    problems.add("line " + line, message);
  }

  /** Whether a mapping may follow here; says why not. */
  boolean accepts(MappingHeader header, int line) {
    if (mappings.size() >= most) {
      full = true;
      problem(line, "more than " + most + " mappings: the rest is left out");
      return false;
    }
    if (Long.compareUnsigned(header.range().start(), end) < 0) {
      problem(line, "mapping " + header.range() + " overlaps the one before and is left out");
      return false;
    }
    return true;
  }

  void add(Mapping mapping) {
    mappings.add(mapping);
    end = mapping.range().end();
  }

  boolean isFull() {
    return full;
  }

  Parsed<Smaps> result() {
    return new Parsed<>(new Smaps(mappings), problems.toList());
  }

  static NotThisFormat notMappings(String artifact) {
    return new NotThisFormat(artifact + " does not begin with a mapping");
  }
}
