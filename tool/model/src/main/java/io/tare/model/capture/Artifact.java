package io.tare.model.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * One raw artefact of a reading: a file of /proc, an answer of the JVM, a structure table read from the process's memory.
 *
 * <p>{@code name} is a relative path such as {@code proc/smaps} and is the entry's name in a capture file. {@code note} says
 * how it was taken, or why it was not. {@code micros} is what taking it cost, by the wall clock.
 */
public final class Artifact {
  private final String name;
  private final Outcome outcome;
  private final String note;
  private final long micros;
  private final byte[] content;

  public Artifact(String name, Outcome outcome, String note, long micros, byte[] content) {
    this(new Label(name, outcome, note, micros), content.clone());
  }

  private Artifact(Label label, byte[] content) {
    this.name = label.name();
    this.outcome = label.outcome();
    this.note = label.note();
    this.micros = label.micros();
    this.content = content;
  }

  /** Everything of an artefact but its content. */
  public record Label(String name, Outcome outcome, String note, long micros) {
    public Label {
      Objects.requireNonNull(name);
      Objects.requireNonNull(outcome);
      Objects.requireNonNull(note);
    }
  }

  /** An artefact that takes the array over instead of copying it: the caller must not touch it again. For large content. */
  public static Artifact adopting(Label label, byte[] content) {
    return new Artifact(label, content);
  }

  public static Artifact taken(String name, String note, long micros, String text) {
    return new Artifact(name, Outcome.TAKEN, note, micros, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Artifact missing(String name, Outcome outcome, String note) {
    return new Artifact(name, outcome, note, 0, new byte[0]);
  }

  public String name() {
    return name;
  }

  public Outcome outcome() {
    return outcome;
  }

  public String note() {
    return note;
  }

  public long micros() {
    return micros;
  }

  public byte[] bytes() {
    return content.clone();
  }

  /** Writes the content without copying it first. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  public int size() {
    return content.length;
  }

  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  public boolean hasContent() {
    return outcome == Outcome.TAKEN || outcome == Outcome.PARTIAL;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Artifact that
        && name.equals(that.name)
        && outcome == that.outcome
        && note.equals(that.note)
        && micros == that.micros
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, outcome, note, micros, Arrays.hashCode(content));
  }

  @Override
  public String toString() {
    return name + " (" + outcome + ", " + content.length + " bytes)";
  }
}
