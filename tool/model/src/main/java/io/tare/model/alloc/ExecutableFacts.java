package io.tare.model.alloc;

import java.util.Map;
import java.util.Optional;

/**
 * What a process's executable file says of itself.
 *
 * @param facts {@code class} (elf64), {@code linking} (static, dynamic), {@code interpreter}, {@code libc} (glibc, musl),
 *        {@code stripped} (true, false), {@code go} (the version that built it), {@code allocator} (a malloc that is linked in);
 *        what could not be told has no entry
 */
public record ExecutableFacts(Map<String, String> facts) {
  public ExecutableFacts {
    facts = Map.copyOf(facts);
  }

  public Optional<String> fact(String key) {
    return Optional.ofNullable(facts.get(key));
  }
}
