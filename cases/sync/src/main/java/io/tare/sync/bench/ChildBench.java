package io.tare.sync.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one bench in a JVM of its own, so that no run inherits the memory of the one before. */
final class ChildBench {
  private static final String MAIN = "io.tare.sync.Main";

  private ChildBench() {}

  /** Prepare and finalize; empty when it ran out of heap. */
  static List<PhaseResult> run(Path directory, long entries, List<String> options)
      throws IOException, InterruptedException {
    Path state = directory.resolve("tune.state");
    remove(state);
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "bench", "--tsv", "--state",
        state.toString(), "--entries", Long.toString(entries)));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<PhaseResult> phases = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(line -> PhaseTsv.parse(line).ifPresent(phases::add));
    }
    boolean isFine = process.waitFor() == 0;
    remove(state);
    return isFine ? phases.subList(1, phases.size()) : List.of();
  }

  private static void remove(Path state) throws IOException {
    for (String suffix : List.of("", "-lock", ".owner")) {
      Files.deleteIfExists(state.resolveSibling(state.getFileName() + suffix));
    }
  }
}
