package io.tare.sync.state;

import java.util.List;
import org.lmdbjava.EnvFlags;

/** What the state file survives, against what each commit costs. */
public enum Durability {
  /** Every commit is on the disk before the next begins: survives a power cut with nothing lost. Two waits for the disk per commit. */
  EVERY_COMMIT(List.of()),
  /**
   * Data is on the disk before the page that points to it: a power cut loses the last commit at most, never the file. One wait
   * per commit.
   */
  LAST_COMMIT_MAY_BE_LOST(List.of(EnvFlags.MDB_NOMETASYNC)),
  /**
   * Commits go to the kernel, which writes when it likes; the end of each phase waits for the disk. Survives a killed process
   * with nothing lost, but a power cut inside a phase may leave a file that has to be thrown away and scanned again.
   */
  EVERY_PHASE(List.of(EnvFlags.MDB_NOSYNC)),
  /** The same through a writable mapping: no copy of changed pages, but a stray write of this process can reach the file. */
  EVERY_PHASE_WRITABLE_MAP(List.of(EnvFlags.MDB_NOSYNC, EnvFlags.MDB_WRITEMAP));

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<EnvFlags> flags;

  Durability(List<EnvFlags> flags) {
    this.flags = flags;
  }

  List<EnvFlags> flags() {
    return flags;
  }
}
