package io.tare.capture.glance;

import io.tare.capture.proc.JavaCommand;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.Watchdog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a process by what people call it: its command, its executable, or a JVM's jar or main class. */
public final class PidFinder {
  private PidFinder() {}

  /** One process that could be meant, and all its names, the best known first. */
  public record Candidate(long pid, List<String> names) {
    public Candidate {
      names = List.copyOf(names);
    }

    boolean isCalled(String name) {
      return names.contains(name);
    }

    boolean isNearly(String name) {
      String sought = name.toLowerCase(Locale.ROOT);
      return names.stream().anyMatch(known -> known.toLowerCase(Locale.ROOT).contains(sought));
    }
  }

  /** What a search came to. */
  public sealed interface Found {
    /** Exactly one process has the name. */
    record One(long pid) implements Found {}

    /** Several have it: say which. */
    record Several(List<Candidate> candidates) implements Found {}

    /** None has it; these have a similar one. */
    record None(List<Candidate> similar) implements Found {}
  }

  /** Searches all processes but this one. */
  public static Found find(Path procRoot, String name) {
    long self = ProcessHandle.current().pid();
    List<Long> others = Glances.pids(procRoot).stream().filter(pid -> pid != self).toList();
    List<Candidate> all = new Watchdog.Many().each(others, pid -> candidate(new ProcessFolder(procRoot, pid)), _ -> {})
        .stream().flatMap(Optional::stream).toList();
    List<Candidate> called = all.stream().filter(candidate -> candidate.isCalled(name)).toList();
    if (called.size() == 1) {
      return new Found.One(called.getFirst().pid());
    }
    return called.isEmpty()
        ? new Found.None(all.stream().filter(candidate -> candidate.isNearly(name)).toList())
        : new Found.Several(called);
  }

  private static Optional<Candidate> candidate(ProcessFolder folder) {
    return folder.identity().filter(process -> !process.isZombie() && !process.isKernelThread())
        .map(process -> new Candidate(folder.pid(), names(folder, process)));
  }

  private static List<String> names(ProcessFolder folder, ProcessIdentity process) {
    List<String> arguments = JavaCommand.arguments(folder);
    String program = folder.link("exe").map(path -> path.replace(" (deleted)", ""))
        .orElse(arguments.isEmpty() ? "" : arguments.getFirst());
    List<String> names = new ArrayList<>();
    if (baseName(program).equals("java")) {
      JavaCommand.parse(arguments).program().ifPresent(main -> names.addAll(javaNames(main)));
    }
    names.add(process.name());
    names.add(baseName(program));
    return names.stream().filter(name -> !name.isEmpty()).distinct().toList();
  }

  /** {@code kafka.Kafka} answers to that and to {@code Kafka}; {@code /opt/shop.jar} to {@code shop.jar} and {@code shop}. */
  static List<String> javaNames(String program) {
    if (JavaCommand.isFile(program)) {
      String file = baseName(program);
      int dot = file.lastIndexOf('.');
      return dot > 0 ? List.of(file, file.substring(0, dot)) : List.of(file);
    }
    return Stream.of(program.substring(program.lastIndexOf('.') + 1), program).distinct().toList();
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
