package io.tare.capture.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces the folder of a path by a short hash. Folders that every system has are kept. */
final class FolderHash {
  private static final int HASH_BYTES = 4;
  /** Folders that tell nothing of a machine, because every one has them. Folders below them do tell. */
  private static final Pattern EVERYWHERE = Pattern.compile(
      "/dev/(shm/)?|(/usr)?/s?bin/|(/usr)?/lib(32|64|x32)?/([a-z0-9_]+-linux-[a-z0-9]+/)?(gconv/)?");

  private final String salt;
  private final Map<String, String> hashes = new HashMap<>();

  /** @param salt makes hashes of different captures differ */
  FolderHash(String salt) {
    this.salt = salt;
  }

  String withoutFolder(String path) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    if (folder.length() <= 1 || EVERYWHERE.matcher(folder).matches()) {
      return path;
    }
    return "/" + hashes.computeIfAbsent(folder, this::hash) + "/" + path.substring(folder.length());
  }

  /** A control group's path names users, pods and units: each step of it becomes a hash, so that a group still lies in the one above. */
  String group(String path) {
    return Arrays.stream(path.split("/"))
        .map(step -> step.isEmpty() ? "" : hashes.computeIfAbsent("group/" + step, this::hash))
        .collect(Collectors.joining("/", "", path.endsWith("/") ? "/" : ""));
  }

  private String hash(String folder) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest((salt + folder).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
