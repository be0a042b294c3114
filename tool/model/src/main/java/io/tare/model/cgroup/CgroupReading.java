package io.tare.model.cgroup;

import java.util.List;

/** The memory groups that a process is charged to: its own first, then the parents up to the root that is visible. */
public record CgroupReading(int version, List<Level> levels, List<Member> members) {
  public CgroupReading {
    levels = List.copyOf(levels);
    members = List.copyOf(members);
  }

  /** A process of the innermost group. */
  public record Member(long pid, String name, long rssBytes) {}
}
