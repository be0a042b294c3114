package io.tare.model.proc;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /proc/PID/status}: what the kernel tells anyone. Sizes are bytes; a field that it did not print is empty. */
public record ProcStatus(Map<String, String> fields) {
  public ProcStatus {
    fields = Map.copyOf(fields);
  }

  public Optional<String> field(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  /** A field given as {@code 1234 kB}, in bytes. */
  public OptionalLong bytes(String key) {
    String value = fields.get(key);
    if (value == null || !value.endsWith(" kB")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Math.multiplyExact(Long.parseLong(value.substring(0, value.length() - 3).strip()), 1024L));
    } catch (ArithmeticException | NumberFormatException notASize) {
      return OptionalLong.empty();
    }
  }

  /** A field given as a plain decimal number. */
  public OptionalLong number(String key) {
    String value = fields.get(key);
    try {
      return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.strip()));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  public OptionalLong rssBytes() {
    return bytes("VmRSS");
  }

  public OptionalLong swapBytes() {
    return bytes("VmSwap");
  }

  /** The state's letter: R, S, D, T, t, Z, X, I. */
  public Optional<Character> state() {
    return field("State").filter(s -> !s.isEmpty()).map(s -> s.charAt(0));
  }

  /** The pid in the innermost pid namespace. */
  public OptionalLong namespacePid() {
    String value = fields.get("NSpid");
    if (value == null) {
      return number("Pid");
    }
    String[] pids = value.strip().split("\\s+");
    try {
      return OptionalLong.of(Long.parseLong(pids[pids.length - 1]));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
