package io.tare.capture;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.proc.FileRead;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.function.Predicate;

/** A walk over the target's memory, written down as lines of facts. */
record MemoryWalk(String artifact, Predicate<RuntimeKind> kinds, Walk walk) implements MemoryStep {

  /** What walks the memory and returns the artefact's text. */
  interface Walk {
    String walk(LiveMemory memory, MappedProcess process) throws IOException;
  }

  @Override
  public boolean appliesTo(RuntimeKind kind) {
    return kinds.test(kind);
  }

  @Override
  public Artifact take(MappedProcess process) {
    long began = System.nanoTime();
    try (LiveMemory memory = LiveMemory.open(process.folder().path(), ReadBudget.DEFAULT)) {
      byte[] text = walk.walk(memory, process).getBytes(StandardCharsets.UTF_8);
      return Artifact.adopting(new Artifact.Label(artifact, Outcome.TAKEN, "", FileRead.microsSince(began)), text);
    } catch (NoSuchFileException ended) {
      return Artifact.missing(artifact, Outcome.GONE, "the process ended while it was read");
    } catch (AccessDeniedException refused) {
      return Artifact.missing(artifact, Outcome.DENIED,
          "reading memory takes the process's own user and permission to trace it, or root");
    } catch (IOException failure) {
      return Artifact.missing(artifact, Outcome.FAILED, String.valueOf(failure.getMessage()));
    } catch (RuntimeException fault) {
      // The one place for what a walk did not foresee in a target's bytes: it costs this walk, and not the whole reading.
      return Artifact.missing(artifact, Outcome.FAILED, note(fault));
    }
  }

  /** Names the fault and its place; its message could hold the target's content. */
  private static String note(RuntimeException fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    String place = Arrays.stream(trace).filter(frame -> frame.getClassName().startsWith("io.tare.")).findFirst()
        .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber()).orElse("");
    return "the walk failed on what it found (" + fault.getClass().getSimpleName() + place + ")";
  }
}
