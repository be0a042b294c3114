package io.tare.capture.cgroup;

import io.tare.capture.kernel.PageSize;
import io.tare.capture.proc.FactArtifact;
import io.tare.capture.proc.FileRead;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.formats.facts.Fact;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Lists the processes of a group with what each weighs. */
public final class GroupMembers {
  private static final int MOST = 500;

  private GroupMembers() {}

  /**
   * Lists them.
   *
   * @param processes the group's {@code cgroup.procs}
   */
  public static Artifact take(Path procRoot, FileRead processes) {
    long began = System.nanoTime();
    if (!processes.hasContent()) {
      return processes.as(ArtifactNames.CGROUP_MEMBERS);
    }
    List<String> pids = processes.text().lines().filter(GroupMembers::isVisible).toList();
    StringBuilder facts = new StringBuilder();
    pids.stream().limit(MOST).map(pid -> fact(procRoot, pid)).flatMap(Optional::stream)
        .forEach(fact -> facts.append(fact.line()).append('\n'));
    boolean cut = pids.size() > MOST;
    return FactArtifact.of(
        new Artifact.Label(ArtifactNames.CGROUP_MEMBERS, cut ? Outcome.PARTIAL : Outcome.TAKEN,
            cut ? "the first " + MOST + " of " + pids.size() + " processes" : "",
            processes.micros() + FileRead.microsSince(began)),
        facts);
  }

  /** A process of another pid namespace is listed as 0. */
  private static boolean isVisible(String pid) {
    return !pid.equals("0") && !pid.isEmpty() && pid.length() < 10 && pid.chars().allMatch(Character::isDigit);
  }

  private static Optional<Fact> fact(Path procRoot, String pid) {
    return new ProcessFolder(procRoot, Long.parseLong(pid)).identity().map(GroupMembers::fact);
  }

  private static Fact fact(ProcessIdentity member) {
    return Fact.of("member", "pid", member.pid(), "name", member.name(), "rss",
        member.residentPages() * PageSize.ofThisMachine());
  }
}
