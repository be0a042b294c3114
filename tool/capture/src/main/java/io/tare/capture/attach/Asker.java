package io.tare.capture.attach;

import io.tare.capture.attach.Ask.Question;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts questions to a JVM. Every question becomes an artefact: the answer, or why there is none. Which commands a JVM knows is
 * found out by asking. The note of an answer says what it cost the target.
 */
public final class Asker {
  /** A walk over a large heap takes this much longer than an ordinary answer. */
  private static final int PATIENCE = 12;
  private static final int LONGEST_NOTE = 200;
  private static final String SILENT = "no answer within ";

  private final ProcessFolder folder;
  private final TargetProcess target;
  private final Duration answerTime;

  public Asker(ProcessFolder folder, long startTicks, Duration answerTime) {
    this.folder = folder;
    this.target = new TargetProcess(folder, startTicks);
    this.answerTime = answerTime;
  }

  /** The artefacts, and whether the target was contacted at all. */
  public record Answers(List<Artifact> artifacts, boolean contacted) {
    public Answers {
      artifacts = List.copyOf(artifacts);
    }
  }

  public Answers ask(List<Question> questions) {
    if (questions.isEmpty()) {
      return new Answers(List.of(), false);
    }
    try {
      long residentBefore = residentKb();
      long began = System.nanoTime();
      try (HotSpotSocket socket = Attachment.open(target)) {
        String contact = cost("making contact", FileRead.microsSince(began), residentKb() - residentBefore);
        return new Answers(putAll(socket, questions, contact), true);
      }
    } catch (AttachRefused refused) {
      String why = "not asked: " + refused.getMessage();
      return new Answers(
          questions.stream().map(question -> Artifact.missing(question.artifact(), Outcome.SKIPPED, why)).toList(),
          refused.reason() == AttachRefused.Reason.NO_ANSWER);
    }
  }

  /** The note of the first answer tells what making contact cost as well. */
  private List<Artifact> putAll(HotSpotSocket socket, List<Question> questions, String contact) {
    List<Artifact> artifacts = new ArrayList<>();
    boolean silent = false;
    for (Question question : questions) {
      Artifact artifact = silent
          ? Artifact.missing(question.artifact(), Outcome.SKIPPED, "not asked: an earlier question was not answered")
          : put(socket, question, artifacts.isEmpty() ? contact + "; " : "");
      artifacts.add(artifact);
      silent |= artifact.outcome() == Outcome.FAILED && artifact.note().startsWith(SILENT);
    }
    return artifacts;
  }

  private Artifact put(HotSpotSocket socket, Question question, String contact) {
    long residentBefore = residentKb();
    long began = System.nanoTime();
    try {
      HotSpotSocket.Answer answer = socket.ask(question.command(),
          new HotSpotSocket.Limits(timeFor(question), question.mostBytes()));
      long micros = FileRead.microsSince(began);
      String note = contact + cost(question.command(), micros, residentKb() - residentBefore);
      return artifact(question, answer, micros, note);
    } catch (HotSpotSocket.AnswerTimeout late) {
      return Artifact.missing(question.artifact(), Outcome.FAILED, SILENT + timeFor(question).toMillis()
          + " ms, or the target was stopped meanwhile");
    } catch (IOException failure) {
      return Artifact.missing(question.artifact(), Outcome.FAILED,
          "the question could not be put: " + firstLine(String.valueOf(failure.getMessage())));
    }
  }

  private Duration timeFor(Question question) {
    return question.isSlow() ? answerTime.multipliedBy(PATIENCE) : answerTime;
  }

  private static Artifact artifact(Question question, HotSpotSocket.Answer answer, long micros, String note) {
    if (answer.text().contains("Unknown diagnostic command")) {
      return Artifact.missing(question.artifact(), Outcome.ABSENT, "this JVM does not know " + question.command());
    }
    if (answer.text().startsWith("Native memory tracking is not enabled")) {
      return Artifact.missing(question.artifact(), Outcome.ABSENT,
          "native memory tracking is off; start the JVM with -XX:NativeMemoryTracking=summary");
    }
    if (answer.text().startsWith("Detail tracking is not enabled")) {
      return Artifact.missing(question.artifact(), Outcome.ABSENT,
          "native memory tracking is on in summary: it tells its categories, not where they lie");
    }
    if (!answer.isSuccess()) {
      return Artifact.missing(question.artifact(), Outcome.FAILED, "the JVM refused: " + firstLine(answer.text()));
    }
    return Artifact.adopting(new Artifact.Label(question.artifact(), Outcome.TAKEN, note, micros),
        AnswerScrub.scrub(question, answer.text()).getBytes(StandardCharsets.UTF_8));
  }

  private static String cost(String what, long micros, long grownKb) {
    return what + " took " + micros + " µs and changed the target's RSS by " + grownKb + " KB";
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > LONGEST_NOTE ? line.substring(0, LONGEST_NOTE) : line;
  }

  private long residentKb() {
    return folder.text("status").flatMap(status -> StatusLines.word(status, "VmRSS:", 0)).map(Long::parseLong)
        .orElse(0L);
  }
}
