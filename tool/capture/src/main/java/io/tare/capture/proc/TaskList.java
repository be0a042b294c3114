package io.tare.capture.proc;

import io.tare.formats.proc.TasksText;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.proc.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The threads of a process as the kernel lists them, a fact each. */
public final class TaskList {
  private static final int MOST = 100_000;

  private TaskList() {}

  public static Artifact take(ProcessFolder folder, Deadline deadline) {
    long began = System.nanoTime();
    List<Task> tasks = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder.file("task"))) {
      for (Path task : folders) {
        if (tasks.size() >= MOST || deadline.isOver()) {
          return artifact(Outcome.PARTIAL, "cut after " + tasks.size() + " threads", began, tasks);
        }
        task(task).ifPresent(tasks::add);
      }
      return artifact(Outcome.TAKEN, "", began, tasks);
    } catch (IOException failure) {
      return Artifact.missing(ArtifactNames.TASKS, folder.exists() ? Outcome.DENIED : Outcome.GONE,
          "the threads cannot be listed");
    }
  }

  private static Artifact artifact(Outcome outcome, String note, long began, List<Task> tasks) {
    return Artifact.adopting(new Artifact.Label(ArtifactNames.TASKS, outcome, note, FileRead.microsSince(began)),
        TasksText.write(tasks).getBytes(StandardCharsets.UTF_8));
  }

  /** Empty for a thread that ended meanwhile. */
  private static Optional<Task> task(Path folder) {
    FileRead stat = FileRead.of(folder.resolve("stat"), FileRead.SMALL);
    return ProcessIdentity.parse(stat.text())
        .map(thread -> new Task(thread.pid(), thread.name(), thread.state()));
  }
}
