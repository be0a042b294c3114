package io.tare.capture.memory.pthread;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.executable.ProcessSymbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What glibc exports for debuggers about its threads: where the fields of a control block are, and where its lists begin. */
record ThreadDatabase(ProcessMemory memory, ProcessSymbols symbols) {
  private static final String SYMBOL = "_thread_db_";
  private static final int MOST_BYTES = 1 << 16;
  private static final int LIST_HEAD_BYTES = 2 * Long.BYTES;
  private static final int DESCRIPTOR_OFFSET_AT = 2 * Integer.BYTES;

  /** Names of the symbols that are looked up: of 2.34 and later, of static programs, and of libpthread before 2.34. */
  static final Set<String> SYMBOLS = Set.of("_thread_db_pthread_tid", "__nptl_rtld_global", "_thread_db_pthread_list",
      "_thread_db_rtld_global__dl_stack_used", "_thread_db_rtld_global__dl_stack_user", "_rtld_global",
      "_dl_stack_used", "_dl_stack_user", "_dl_stack_cache", "stack_used", "__stack_user", "stack_cache");

  /** Where a control block's field is. */
  OptionalInt offset(String field) {
    return number(SYMBOL + "pthread_" + field, DESCRIPTOR_OFFSET_AT);
  }

  private OptionalInt number(String symbol, int at) {
    OptionalLong address = symbols.address(symbol);
    OptionalLong value = address.isEmpty() ? OptionalLong.empty() : memory.u32(address.getAsLong() + at);
    return value.isPresent() && value.getAsLong() < MOST_BYTES
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  /** Stacks that glibc made and that threads use. */
  Optional<Long> usedStacks() {
    return inLoader("_dl_stack_used").or(() -> symbol("_dl_stack_used")).or(() -> symbol("stack_used"));
  }

  /** Stacks that the program brought along, and the main thread's. */
  Optional<Long> userStacks() {
    return inLoader("_dl_stack_user").or(() -> symbol("_dl_stack_user")).or(() -> symbol("__stack_user"));
  }

  /** Stacks of ended threads that are kept for the next ones: the list after the other two. */
  Optional<Long> cachedStacks() {
    return inLoader("_dl_stack_user").map(user -> user + LIST_HEAD_BYTES).or(() -> symbol("_dl_stack_cache"))
        .or(() -> symbol("stack_cache"));
  }

  private Optional<Long> inLoader(String field) {
    OptionalInt offset = number(SYMBOL + "rtld_global_" + field, DESCRIPTOR_OFFSET_AT);
    return offset.isEmpty() ? Optional.empty() : loader().map(global -> global + offset.getAsInt());
  }

  /** The loader's global structure: the C library points to it, the loader exports it. */
  private Optional<Long> loader() {
    OptionalLong pointer = symbols.address("__nptl_rtld_global");
    OptionalLong target = pointer.isEmpty() ? OptionalLong.empty() : memory.u64(pointer.getAsLong());
    return target.isPresent() ? Optional.of(target.getAsLong()) : symbol("_rtld_global");
  }

  private Optional<Long> symbol(String name) {
    OptionalLong address = symbols.address(name);
    return address.isEmpty() ? Optional.empty() : Optional.of(address.getAsLong());
  }

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
}
