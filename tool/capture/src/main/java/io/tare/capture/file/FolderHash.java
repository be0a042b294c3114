package io.tare.capture.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the folders of paths in a text by a short hash. Folders that every system has are kept. */
final class FolderHash {
  private static final int HASH_BYTES = 4;
  /** A path begins after a blank, {@code =}, {@code :} or at a line's start; blanks in it stay part of the folder. */
  private static final Pattern PATH = Pattern
      .compile("(?m)(?<=^|[ =:])(/[^\\n=]*/)([^/\\n]*)$|(?<=[ =:])(/[^\\s=]*/)([^/\\s]*)");
  private static final List<String> EVERYWHERE = List.of("/usr/lib/", "/usr/bin/", "/usr/share/", "/lib/", "/lib64/",
      "/bin/", "/dev/", "/memfd:", "/SYSV", "/sys/");

  private final String salt;
  private final Map<String, String> hashes = new HashMap<>();

  /** @param salt makes hashes of different captures differ */
  FolderHash(String salt) {
    this.salt = salt;
  }

  String withoutFolders(String text) {
    return PATH.matcher(text).replaceAll(path -> Matcher.quoteReplacement(replacement(path)));
  }

  private String replacement(MatchResult path) {
    boolean atLineEnd = path.group(1) != null;
    String folder = atLineEnd ? path.group(1) : path.group(3);
    String name = atLineEnd ? path.group(2) : path.group(4);
    boolean known = folder.equals("/") || EVERYWHERE.stream().anyMatch(folder::startsWith);
    return known ? folder + name : "/" + hashes.computeIfAbsent(folder, this::hash) + "/" + name;
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
