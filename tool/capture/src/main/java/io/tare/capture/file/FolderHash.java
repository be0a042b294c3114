package io.tare.capture.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Replaces the folder of a path by a short hash. Folders that every system has are kept. */
final class FolderHash {
  private static final int HASH_BYTES = 4;
  private static final List<String> EVERYWHERE = List.of("/usr/lib/", "/usr/bin/", "/usr/share/", "/lib/", "/lib64/",
      "/bin/", "/dev/", "/memfd:", "/SYSV", "/sys/");

  private final String salt;
  private final Map<String, String> hashes = new HashMap<>();

  /** @param salt makes hashes of different captures differ */
  FolderHash(String salt) {
    this.salt = salt;
  }

  String withoutFolder(String path) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    if (folder.length() <= 1 || EVERYWHERE.stream().anyMatch(path::startsWith)) {
      return path;
    }
    return "/" + hashes.computeIfAbsent(folder, this::hash) + "/" + path.substring(folder.length());
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
