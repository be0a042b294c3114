package io.tare.ledger.evidence;

import io.tare.formats.NotThisFormat;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses one artefact after the other, and gathers what could not be read and what is missing. */
public final class ArtifactReader {
  private final Capture capture;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();

  public ArtifactReader(Capture capture) {
    this.capture = capture;
  }

  /** A parser of one artefact's content. */
  public interface Parser<C, T> {
    Parsed<T> parse(String artifact, C content) throws NotThisFormat;
  }

  /** A parse whose input is bound already. */
  public interface Parse<T> {
    Parsed<T> run() throws NotThisFormat;
  }

  public <T> Optional<T> text(String name, Parser<String, T> parser) {
    return read(name, (artifact, content) -> parser.parse(artifact, content.text()));
  }

  public <T> Optional<T> bytes(String name, Parser<byte[], T> parser) {
    return read(name, (artifact, content) -> parser.parse(artifact, content.bytes()));
  }

  private <T> Optional<T> read(String name, Parser<Artifact, T> parser) {
    Optional<Artifact> artifact = capture.artifact(name);
    artifact.ifPresent(this::note);
    if (artifact.isEmpty() || !artifact.get().hasContent()) {
      return Optional.empty();
    }
    return assembled(name, () -> parser.parse(name, artifact.get()));
  }

  /** The value of a parse over more than one artefact. */
  public <T> Optional<T> assembled(String name, Parse<T> parse) {
    try {
      Parsed<T> parsed = parse.run();
      problems.addAll(parsed.problems());
      return Optional.of(parsed.value());
    } catch (NotThisFormat foreign) {
      problems.add(new Problem(name, "", String.valueOf(foreign.getMessage())));
      return Optional.empty();
    }
  }

  /** Absence is no news: a Go process has no hsperfdata. Refusals, cuts and failures are. */
  private void note(Artifact artifact) {
    if (artifact.outcome() != Outcome.TAKEN && artifact.outcome() != Outcome.ABSENT && !artifact.note().isEmpty()) {
      notes.add(artifact.name() + ": " + artifact.note());
    }
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }
}
