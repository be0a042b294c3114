package io.tare.capture.memory.pthread;

import io.tare.capture.memory.ProcessMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** One of glibc's doubly linked lists of stacks, followed from its head. */
record StackList(ProcessMemory memory, long head) {
  private static final int MOST_STACKS = 1 << 20;

  /** The addresses of the links, in the list's order; what does not point back to where one came from ends it. */
  List<Long> links() {
    List<Long> links = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long previous = head;
    OptionalLong next = memory.u64(head);
    while (next.isPresent() && next.getAsLong() != head && links.size() < MOST_STACKS) {
      long link = next.getAsLong();
      boolean pointsBack = memory.u64(link + Long.BYTES).orElse(0) == previous;
      if (!pointsBack || !seen.add(link)) {
        break;
      }
      links.add(link);
      previous = link;
      next = memory.u64(link);
    }
    return links;
  }
}
