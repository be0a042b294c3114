package io.tare.capture.sample;

import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the processes that a process started, and theirs, as they come. Only pids that were not there the last time are looked at, so
 * asking every few seconds is cheap on a busy machine too.
 */
public final class ProcessChildren {
  private final Path procRoot;
  private final Set<Long> family = new HashSet<>();
  private Set<Long> known = new HashSet<>();

  public ProcessChildren(Path procRoot, long ancestor) {
    this.procRoot = procRoot;
    family.add(ancestor);
  }

  /** Those that were not told before. */
  public List<ProcessIdentity> news() {
    Map<Long, ProcessIdentity> strangers = new HashMap<>();
    Set<Long> present = new HashSet<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(procRoot, "[1-9]*")) {
      for (Path folder : folders) {
        Optional<Long> pid = pid(folder);
        pid.ifPresent(present::add);
        if (pid.isPresent() && !known.contains(pid.get())) {
          new ProcessFolder(procRoot, pid.get()).identity().ifPresent(who -> strangers.put(who.pid(), who));
        }
      }
    } catch (IOException unreadable) {
      return List.of();
    }
    known = present;
    return adopt(strangers);
  }

  private List<ProcessIdentity> adopt(Map<Long, ProcessIdentity> strangers) {
    List<ProcessIdentity> news = new ArrayList<>();
    boolean found = true;
    while (found) {
      found = false;
      for (ProcessIdentity stranger : strangers.values()) {
        if (family.contains(stranger.parent()) && !stranger.isZombie() && family.add(stranger.pid())) {
          news.add(stranger);
          found = true;
        }
      }
    }
    return news;
  }

  private static Optional<Long> pid(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.length() < 10 && name.chars().allMatch(Character::isDigit)
        ? Optional.of(Long.parseLong(name))
        : Optional.empty();
  }
}
