package io.tare.fleet.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whose a process is: the labels that an agent has written, as far as it knew them, and its number in all files.
 *
 * @param labels {@code cluster}, {@code node}, {@code namespace}, {@code service} and others; what is not there is not known
 */
public record Identity(long proc, Map<String, String> labels) {
  public Identity {
    labels = Map.copyOf(labels);
  }

  /** The process's number: pid, start and boot together are one process and no other. */
  public static long proc(String boot, long pid, long startTicks) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest((boot + "/" + pid + "/" + startTicks).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The same process with these labels where it has none of that name. */
  public Identity or(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(others);
    all.putAll(labels);
    return new Identity(proc, all);
  }

  public Optional<String> label(String name) {
    return Optional.ofNullable(labels.get(name)).filter(value -> !value.isBlank());
  }

  /** A label that is a number; one that is none says nothing. */
  public OptionalLong number(String name) {
    String value = labels.getOrDefault(name, "").strip();
    return value.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
  }

  /** In the order of the columns {@code cluster} to {@code container}. */
  List<Optional<String>> columns() {
    return List.of(label("cluster"), label("node"), label("namespace"), label("service"), label("version"),
        label("pod"), label("container"));
  }
}
