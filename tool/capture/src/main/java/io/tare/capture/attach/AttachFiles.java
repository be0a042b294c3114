package io.tare.capture.attach;

import io.tare.capture.attach.AttachFacts.SocketState;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where HotSpot's attach protocol has its files, as the target names them, seen through its own root: the socket {@code
 * /tmp/.java_pidN} and the trigger {@code /tmp/.attach_pidN}. N is the pid in the target's innermost namespace.
 */
record AttachFiles(Path folder, String pid) {
  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET_TYPE = 0140000;

  static AttachFiles of(ProcessFolder process, String status) {
    String pid = StatusLines.lastWord(status, "NSpid:").orElse(Long.toString(process.pid()));
    return new AttachFiles(process.file("root").resolve("tmp"), pid);
  }

  Path socket() {
    return folder.resolve(".java_pid" + pid);
  }

  String triggerName() {
    return ".attach_pid" + pid;
  }

  SocketState socketState(Credentials owner) {
    try {
      Map<String, Object> attributes = Files.readAttributes(socket(), "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      boolean isSocket = attributes.get("mode") instanceof Integer mode && (mode & FILE_TYPE) == SOCKET_TYPE;
      boolean isOwners = attributes.get("uid") instanceof Integer uid && Integer.toUnsignedLong(uid) == owner.user();
      return isSocket && isOwners ? SocketState.PRESENT : SocketState.FOREIGN;
    } catch (IOException missing) {
      return SocketState.MISSING;
    }
  }

  boolean socketExists() {
    return Files.exists(socket(), LinkOption.NOFOLLOW_LINKS);
  }
}
