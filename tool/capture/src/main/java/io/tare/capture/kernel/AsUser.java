package io.tare.capture.kernel;

import io.tare.capture.kernel.LibC.Answer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes system calls as another user, so that they can do nothing that this user could not do itself, whatever it plays with
 * names, links and mounts meanwhile.
 *
 * <p>Linux keeps a user's rights by thread. Each time a thread of its own takes them on, makes the calls and ends: no thread
 * ever gets rights back. On it nothing runs but system calls, since a class that is first needed there could not be loaded from
 * a folder that the other user may not enter. Only the effective user changes, and with it that for files: a JVM in a user
 * namespace of its own does not know our root at the other end of its socket, but its own user. The real and the saved one stay
 * ours, so that the other user may neither signal nor trace the thread.
 */
public final class AsUser {
  private static final long CAPABILITY_VERSION = 0x20080522L;
  /** How many words a set of capabilities has, each with what is effective, permitted and inheritable. */
  private static final int CAPABILITY_WORDS = 6;
  private static final long SAME_AS_BEFORE = -1;

  private final Rights rights;
  private final boolean ours;

  private AsUser(Rights rights, boolean ours) {
    this.rights = rights;
    this.ours = ours;
  }

  /**
   * A user's rights to files.
   *
   * @param capabilities those that reach beyond the permissions of files, as a mask
   */
  public record Rights(long user, long group, long capabilities) {
    /** CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER. */
    private static final long TO_FILES = 1L << 1 | 1L << 2 | 1L << 3;

    public Rights {
      capabilities &= TO_FILES;
    }
  }

  /** This process can't take on the other user's rights. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private Refused(long user) {
      super("the rights of user " + user + " cannot be taken on");
    }
  }

  static final class Call {
    private final SystemCall call;
    private final long[] arguments;

    Call(SystemCall call, long... arguments) {
      this.call = call;
      this.arguments = arguments;
    }
  }

  /** Acts with the rights that we have anyway. */
  public static AsUser ourselves() {
    return new AsUser(new Rights(SAME_AS_BEFORE, SAME_AS_BEFORE, 0), true);
  }

  /** Acts with these rights, as far as we have the capabilities ourselves; throws when that isn't possible. */
  public static AsUser of(Rights rights, Rights own) throws IOException {
    Rights both = new Rights(rights.user(), rights.group(), rights.capabilities() & own.capabilities());
    AsUser user = new AsUser(both, both.equals(own));
    user.callAll(List.of());
    return user;
  }

  /** Whether these are our own rights, no more and no less. */
  public boolean isOurselves() {
    return ours;
  }

  Answer call(SystemCall call, long... arguments) throws IOException {
    return callAll(List.of(new Call(call, arguments))).getFirst();
  }

  /** Answers in the order of the calls. */
  List<Answer> callAll(List<Call> calls) throws IOException {
    if (ours) {
      return answers(calls);
    }
    FutureTask<Optional<List<Answer>>> task = new FutureTask<>(
        () -> takeOn(rights) ? Optional.of(answers(calls)) : Optional.empty());
    Thread.ofPlatform().name("as-user-" + rights.user()).inheritInheritableThreadLocals(false).start(task);
    return result(task).orElseThrow(() -> new Refused(rights.user()));
  }

  private static List<Answer> answers(List<Call> calls) throws IOException {
    List<Answer> answers = new ArrayList<>(calls.size());
    for (Call call : calls) {
      answers.add(call.call.call(call.arguments));
    }
    return answers;
  }

  /** Changes the calling thread for good. The calls that come first load what the later ones need. */
  private static boolean takeOn(Rights rights) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocate(Long.BYTES, Long.BYTES);
      header.set(ValueLayout.JAVA_INT, 0, (int) CAPABILITY_VERSION);
      MemorySegment sets = arena.allocate((long) CAPABILITY_WORDS * Integer.BYTES, Integer.BYTES);
      sets.setAtIndex(ValueLayout.JAVA_INT, 0, (int) rights.capabilities());
      sets.setAtIndex(ValueLayout.JAVA_INT, 1, (int) rights.capabilities());
      return !SystemCall.SETGROUPS.call(0, 0).failed()
          && !SystemCall.SETRESGID.call(SAME_AS_BEFORE, rights.group(), SAME_AS_BEFORE).failed()
          && !SystemCall.SETRESUID.call(SAME_AS_BEFORE, rights.user(), SAME_AS_BEFORE).failed()
          // Asked for an impossible user, these return the present one.
          && SystemCall.SETFSGID.call(SAME_AS_BEFORE).value() == rights.group()
          && SystemCall.SETFSUID.call(SAME_AS_BEFORE).value() == rights.user()
          && !SystemCall.CAPSET.call(header.address(), sets.address()).failed();
    }
  }

  /** The calls are short, so an interrupt is kept for later. */
  private static <T> T result(FutureTask<T> task) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      throw new IOException("a system call could not be made", failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
