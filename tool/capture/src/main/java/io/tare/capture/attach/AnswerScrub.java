package io.tare.capture.attach;

import io.tare.capture.attach.Ask.Question;
import io.tare.capture.proc.JavaCommand;
import io.tare.model.capture.ArtifactNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes out of an answer what must not leave the machine, before anyone sees it. */
final class AnswerScrub {
  private AnswerScrub() {}

  static String scrub(Question question, String answer) {
    return switch (question.artifact()) {
      case ArtifactNames.ASK_VM_INFO -> VmInfoScrub.scrub(answer);
      case ArtifactNames.ASK_FLAGS -> flags(answer);
      default -> answer;
    };
  }

  /** Keeps of an answer of VM.flags the flags with harmless values. */
  private static String flags(String answer) {
    return answer.lines().map(JavaCommand::harmlessOf).filter(line -> !line.isEmpty()).map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}

/**
 * Keeps of VM.info what describes memory. Left out are the command line, the environment, the host, libraries, loaded classes,
 * events and everything else that nobody asked for.
 */
final class VmInfoScrub {
  private static final Pattern PART = Pattern.compile("-{3,} +([A-Z] )+ *-{3,}\\s*");
  private static final Pattern EVENTS = Pattern.compile("(.*) \\(\\d+ events?\\):\\s*");
  private static final Pattern KEPT_EVENTS = Pattern.compile("(GC Heap|Metaspace).*");
  private static final List<String> KEPT_OF_HEADER = List.of("# JRE version", "# Java VM");
  private static final List<String> KEPT_OF_SYSTEM = List.of("libc:", "/sys/kernel/mm/transparent_hugepage",
      "Process Memory:",
      "Virtual Size:", "Resident Set Size:", "Swapped out:", "C-Heap outstanding", "glibc malloc tunables", "Memory:",
      "Page Sizes:", "vm_info:");
  private static final List<String> AFTER_EVENTS = List.of("Dynamic libraries:", "VM Arguments:", "[Global flags]",
      "Environment Variables:", "Logging:", "Native Memory Tracking:");

  private final StringBuilder kept = new StringBuilder();
  private Part part = Part.HEADER;

  private enum Part {
    HEADER, SUMMARY, PROCESS, KEPT_EVENTS, DROPPED, SYSTEM
  }

  private VmInfoScrub() {}

  static String scrub(String answer) {
    VmInfoScrub scrub = new VmInfoScrub();
    answer.lines().forEach(scrub::line);
    return scrub.kept.toString();
  }

  private void line(String line) {
    if (PART.matcher(line).matches()) {
      part = partOf(line);
      keep(line);
      return;
    }
    part = partAfter(line);
    if (isKept(line)) {
      keep(line);
    }
  }

  private void keep(String line) {
    kept.append(line).append('\n');
  }

  private static Part partOf(String heading) {
    String letters = heading.replace("-", "").replace(" ", "").strip();
    return switch (letters) {
      case "SUMMARY" -> Part.SUMMARY;
      case "PROCESS" -> Part.PROCESS;
      case "SYSTEM" -> Part.SYSTEM;
      default -> Part.DROPPED;
    };
  }

  /** The part that the line is in: a heading within the process part ends what came before. */
  private Part partAfter(String line) {
    if (part == Part.HEADER || part == Part.SUMMARY || part == Part.SYSTEM) {
      return part;
    }
    if (EVENTS.matcher(line).matches()) {
      return KEPT_EVENTS.matcher(line).matches() ? Part.KEPT_EVENTS : Part.DROPPED;
    }
    return AFTER_EVENTS.stream().anyMatch(line::startsWith) ? Part.DROPPED : part;
  }

  private boolean isKept(String line) {
    return switch (part) {
      case HEADER -> KEPT_OF_HEADER.stream().anyMatch(line::startsWith);
      case SUMMARY -> line.startsWith("Time:") || line.isBlank();
      case PROCESS, KEPT_EVENTS -> true;
      case SYSTEM -> KEPT_OF_SYSTEM.stream().anyMatch(line::startsWith) || line.isBlank();
      case DROPPED -> false;
    };
  }
}
