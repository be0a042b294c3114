package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.facts.Fact;
import io.tare.model.Problem;
import io.tare.model.proc.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The threads of {@code /proc/PID/task} as facts: {@code thread tid=4711 comm=worker%20(1) state=S}. */
public final class TasksText {
  private static final String WORD = "thread";

  private TasksText() {}

  public static String write(List<Task> tasks) {
    StringBuilder text = new StringBuilder();
    for (Task task : tasks) {
      Fact fact = Fact.of(WORD, "tid", task.tid(), "comm", task.name(), "state", task.state());
      text.append(fact.line()).append('\n');
    }
    return text.toString();
  }

  public static Parsed<List<Task>> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    Parsed<List<Fact>> facts = Fact.parseAll(artifact, content, limits);
    ProblemList problems = new ProblemList(artifact, limits);
    List<Task> tasks = new ArrayList<>();
    for (Fact fact : facts.value()) {
      OptionalLong tid = fact.number("tid");
      String state = fact.text("state").orElse("");
      if (!fact.word().equals(WORD) || tid.isEmpty() || state.length() != 1) {
        problems.add("fact " + (tasks.size() + 1), "not a thread: '" + fact.line() + "'");
      } else {
        tasks.add(new Task(tid.getAsLong(), fact.text("comm").orElse(""), state.charAt(0)));
      }
    }
    List<Problem> all = new ArrayList<>(facts.problems());
    all.addAll(problems.toList());
    return new Parsed<>(List.copyOf(tasks), all);
  }
}
