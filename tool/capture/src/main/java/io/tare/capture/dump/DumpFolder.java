package io.tare.capture.dump;

import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.TargetProcess;
import io.tare.capture.kernel.Descriptor;
import io.tare.capture.kernel.FileStatus;
import io.tare.capture.kernel.HeldFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A folder that only the target's user can enter, made as that user. It goes with the files in it, also when we are interrupted,
 * and also when the target and with it the way through its root is gone: it and the folder above are held open. Names count only
 * until the dump is written; from then on it is read through what is held.
 */
public final class DumpFolder implements AutoCloseable {
  private static final String FILE = "heap.hprof";
  private static final int NAME_BYTES = 12;
  /** An interrupted JVM goes on writing, and may just have put another file there. */
  private static final int MOST_ATTEMPTS = 20;
  private static final long PAUSE_NANOS = 50_000_000;
  /** A target can put in files faster than they are removed. */
  private static final Duration LONGEST_REMOVAL = Duration.ofSeconds(30);

  private final HeldFolder above;
  private final Path asTarget;
  private final boolean ofOurs;
  private final Thread onExit = new Thread(this::remove, "remove-heap-dump");
  private final Consumer<String> warning;
  private Optional<HeldFolder> made = Optional.empty();
  private Optional<Descriptor> dump = Optional.empty();
  private boolean removed;

  /** @param ofOurs whether its user and its mounts are our own, so that nobody can play with it who is not ourselves */
  private DumpFolder(HeldFolder above, Path asTarget, boolean ofOurs, Consumer<String> warning) {
    this.above = above;
    this.asTarget = asTarget;
    this.ofOurs = ofOurs;
    this.warning = warning;
  }

  /**
   * Makes the folder.
   *
   * @param warning told when the folder cannot be removed in the end
   */
  public static DumpFolder in(DumpPlace place, TargetProcess target, Consumer<String> warning)
      throws DumpRefused, AttachRefused {
    long owner = target.credentials().user();
    try {
      HeldFolder above = target.open(place.asTarget());
      DumpFolder folder = new DumpFolder(above, place.asTarget().resolve(".tare-heap-" + random()),
          above.user().isOurselves() && target.sharesRoot(), warning);
      try {
        // Before it is made: who is interrupted just then would leave it.
        Runtime.getRuntime().addShutdownHook(folder.onExit);
        folder.make(owner);
        return folder;
      } catch (IOException refused) {
        folder.close();
        throw refused;
      } catch (IllegalStateException ending) {
        folder.remove();
        throw new IOException("interrupted", ending);
      }
    } catch (IOException refused) {
      throw new DumpRefused("no private folder can be made in " + place.asTarget() + ": " + refused.getMessage(),
          refused);
    }
  }

  private synchronized void make(long owner) throws IOException {
    if (removed) {
      throw new IOException("interrupted");
    }
    above.make(name());
    made = Optional.of(entered(above, name(), owner));
  }

  private String name() {
    return String.valueOf(asTarget.getFileName());
  }

  private HeldFolder inside() {
    return made.orElseThrow(() -> new IllegalStateException("the folder was not made yet"));
  }

  /** What has the name now: a target that exchanged it gets to write its dump nowhere. */
  private static HeldFolder entered(HeldFolder above, String name, long owner) throws IOException {
    HeldFolder inside = above.enter(name);
    FileStatus status = inside.status();
    if (status.user() == owner && status.isPrivate()) {
      return inside;
    }
    inside.close();
    throw new IOException("another folder was put in its place");
  }

  private static String random() {
    byte[] bytes = new byte[NAME_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The dump's path as the target names it. */
  String fileForTarget() {
    return asTarget.resolve(FILE).toString();
  }

  /** Takes hold of what the target wrote. It must be a file of its own with no other name; returns its length. */
  synchronized long take() throws DumpRefused {
    try {
      Descriptor file = inside().file(FILE);
      FileStatus status = file.status();
      if (!status.isRegularFile() || status.user() != inside().status().user() || status.links() != 1) {
        file.close();
        throw new DumpRefused("what the process left in place of its dump is not a file of its own");
      }
      dump = Optional.of(file);
      if (ofOurs) {
        file.makePrivate();
      }
      return status.sizeBytes();
    } catch (IOException gone) {
      throw new DumpRefused("the JVM says that it wrote the dump, but it cannot be read: " + gone.getMessage(), gone);
    }
  }

  /** Leads to the dump that was taken, until this is closed. */
  public synchronized Path file() {
    return dump.orElseThrow(() -> new IllegalStateException("the dump was not taken yet")).path();
  }

  /** The dump's name, if the target is one of ours: then the file may be kept as it is, by another name. */
  public Optional<Path> ownName() {
    return ofOurs ? Optional.of(inside().path().resolve(FILE)) : Optional.empty();
  }

  /** Bytes of the files in it so far: a JVM may write several at once. */
  long bytes() {
    try {
      return inside().bytes();
    } catch (IOException changing) {
      return 0;
    }
  }

  /** Removes the folder; does nothing the second time. */
  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException ending) {
      // We are ending: the hook itself has been here, or is waiting.
      return;
    }
  }

  private synchronized void remove() {
    if (removed) {
      return;
    }
    removed = true;
    dump.ifPresent(Descriptor::close);
    if (made.isEmpty()) {
      above.close();
      return;
    }
    try (above; HeldFolder inside = inside()) {
      String last = "";
      long deadline = System.nanoTime() + LONGEST_REMOVAL.toNanos();
      for (int attempt = 0; attempt < MOST_ATTEMPTS && System.nanoTime() - deadline < 0; attempt++) {
        try {
          inside.empty(deadline);
          above.removeFolder(name());
          return;
        } catch (IOException stillWriting) {
          last = String.valueOf(stillWriting.getMessage());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
      warning
          .accept("the folder " + asTarget + " of the process stays, with whatever folders it has put there: " + last);
    }
  }
}
