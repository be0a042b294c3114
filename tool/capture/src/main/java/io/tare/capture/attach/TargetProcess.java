package io.tare.capture.attach;

import io.tare.capture.attach.AttachRefused.Reason;
import io.tare.capture.kernel.AsUser;
import io.tare.capture.kernel.HeldFolder;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that is to be asked, and the way into its folders. What lies below its root is its user's to rename, link and
 * mount as it likes, so nothing is done there but with that user's own rights.
 *
 * @param startTicks who is meant: the start time under which the process was found
 */
public record TargetProcess(ProcessFolder folder, long startTicks) {
  private static final int KINDS_OF_USER = 4;

  /** Holds a folder open that the process names so. */
  public HeldFolder open(Path asTarget) throws AttachRefused, IOException {
    AsUser user = user();
    try (HeldFolder root = HeldFolder.open(folder.file("root"), user)) {
      mustStillBe();
      return root.below(asTarget.toString());
    }
  }

  public boolean isStill() {
    return folder.identity().map(now -> !now.isZombie() && now.startTicks() == startTicks).orElse(false);
  }

  /** Whether it can answer at present. */
  boolean canAnswer() {
    return isStill() && !folder.identity().map(ProcessIdentity::isStopped).orElse(true);
  }

  public Credentials credentials() throws AttachRefused {
    return Credentials.parse(status(folder)).orElseThrow(TargetProcess::gone);
  }

  /** Whether a path means the same to it and to us. */
  public boolean sharesRoot() {
    return shares("ns/mnt") && shares("root");
  }

  private boolean shares(String link) {
    Optional<String> its = folder.link(link);
    return its.isPresent() && its.equals(self().link(link));
  }

  private ProcessFolder self() {
    return new ProcessFolder(folder.procRoot(), ProcessHandle.current().pid());
  }

  private AsUser user() throws AttachRefused {
    String status = status(folder);
    Credentials its = Credentials.parse(status).orElseThrow(TargetProcess::gone);
    if (!isOneUser(status, its)) {
      throw new AttachRefused(Reason.OTHER_USER,
          "the process runs with the rights of more than one user (a program with"
              + " the setuid bit does), so it can't be told for whom files would be made");
    }
    // In a user namespace of its own its capabilities mean nothing outside.
    long capabilities = shares("ns/user") ? StatusLines.mask(status, "CapEff:") : 0;
    String own = status(self());
    Credentials ours = Credentials.parse(own)
        .orElseThrow(() -> new AttachRefused(Reason.OTHER_USER, "the rights of this process cannot be told"));
    try {
      return AsUser.of(new AsUser.Rights(its.user(), its.group(), capabilities),
          new AsUser.Rights(ours.user(), ours.group(), StatusLines.mask(own, "CapEff:")));
    } catch (IOException refused) {
      throw new AttachRefused(Reason.OTHER_USER,
          "the process belongs to user " + its.user() + ", whose rights cannot be"
              + " taken on here, and without them its files are not safe to touch; " + sameCommandAs(its.user()));
    }
  }

  static String sameCommandAs(long user) {
    return "run the same command as that user, with this in front: sudo -u '#" + user + "'";
  }

  private static boolean isOneUser(String status, Credentials credentials) {
    for (int kind = 0; kind < KINDS_OF_USER; kind++) {
      if (!StatusLines.word(status, "Uid:", kind).equals(Optional.of(Long.toString(credentials.user())))) {
        return false;
      }
    }
    return true;
  }

  private void mustStillBe() throws AttachRefused {
    if (!isStill()) {
      throw gone();
    }
  }

  private static AttachRefused gone() {
    return new AttachRefused(Reason.GONE, "the process has ended, so it cannot be asked");
  }

  private static String status(ProcessFolder process) {
    return process.text("status").orElse("");
  }

  /** The effective user and group of a process. */
  public record Credentials(long user, long group) {

    public static Optional<Credentials> own() {
      return new ProcessFolder(ProcessFolder.LIVE_ROOT, ProcessHandle.current().pid()).text("status")
          .flatMap(Credentials::parse);
    }

    public static Optional<Credentials> parse(String status) {
      Optional<Long> user = StatusLines.word(status, "Uid:", 1).map(Long::parseLong);
      Optional<Long> group = StatusLines.word(status, "Gid:", 1).map(Long::parseLong);
      return user.isPresent() && group.isPresent()
          ? Optional.of(new Credentials(user.get(), group.get()))
          : Optional.empty();
    }

    public boolean isRoot() {
      return user == 0;
    }

    /** Whether a JVM of those credentials talks to a process of these. */
    boolean mayAsk(Credentials target) {
      return isRoot() || equals(target);
    }
  }
}
