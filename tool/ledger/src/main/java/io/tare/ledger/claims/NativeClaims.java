package io.tare.ledger.claims;

import static io.tare.model.ledger.Confidence.DERIVED;
import static io.tare.model.ledger.Confidence.INFERRED;
import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.NativeThread;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.ledger.Account;
import io.tare.model.proc.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the C library, Go and CPython claim. */
final class NativeClaims {
  private NativeClaims() {}

  /** Stacks by their control blocks. A thread that a runtime knows by itself keeps the runtime's word: it comes with a name. */
  static List<Claim> stacks(List<NativeThread> threads, List<Task> tasks) {
    Map<Long, String> names = new HashMap<>();
    tasks.forEach(task -> names.put(task.tid(), task.name()));
    List<Claim> claims = new ArrayList<>();
    for (NativeThread thread : threads) {
      claims.add(new Claim(Pages.whole(thread.stack()), owner(thread, names), Claim.STACK - 1));
    }
    return claims;
  }

  private static Owner owner(NativeThread thread, Map<Long, String> names) {
    if (thread.main()) {
      return new Owner(Account.LIBRARIES_DATA, "thread-local data of the main thread", MEASURED,
          "thread control block");
    }
    if (!thread.live()) {
      return new Owner(Account.STACKS_CACHED, "", MEASURED, "control block of an ended thread");
    }
    String name = Stacks.name(thread.tid(), names.getOrDefault(thread.tid(), ""));
    return new Owner(Account.STACKS_NATIVE, name, MEASURED, "thread control block");
  }

  static List<Claim> malloc(MallocReading malloc) {
    List<Claim> claims = new ArrayList<>();
    for (MallocReading.Arena arena : malloc.arenas()) {
      Owner owner = new Owner(Account.MALLOC_USED, arenaName(arena), arena.complete() ? MEASURED : DERIVED,
          arena.complete() ? "arena walked" : "arena walked in part: the rest counts as in use");
      arena.segments().forEach(segment -> claims.add(new Claim(Pages.whole(segment), owner, Claim.RANGE)));
    }
    // Any page may begin with words that look like a chunk's header: whoever names the range knows better.
    Owner mapped = new Owner(Account.MALLOC_MMAPPED, "", MEASURED, "chunk headers");
    malloc.mmappedChunks().forEach(chunk -> claims.add(new Claim(Pages.whole(chunk), mapped, Claim.RESERVATION + 1)));
    return claims;
  }

  /** The key by which an arena's resident bytes are collected before they are split. */
  static String arenaName(MallocReading.Arena arena) {
    return Long.toHexString(arena.address());
  }

  static List<Claim> go(RuntimeFacts facts) {
    return runtime(facts, range -> switch (range) {
      case "arena" -> Account.GO_HEAP;
      case "stack" -> Account.GO_STACKS;
      default -> Account.GO_RUNTIME;
    }, "Go runtime's structures");
  }

  static List<Claim> python(RuntimeFacts facts) {
    return runtime(facts, range -> Account.PYTHON_ARENAS, "CPython's structures");
  }

  private interface Booking {
    Account account(String rangeName);
  }

  private static List<Claim> runtime(RuntimeFacts facts, Booking booking, String source) {
    boolean guessed = "inferred".equals(facts.facts().get("ranges.confidence"));
    List<Claim> claims = new ArrayList<>();
    for (RuntimeFacts.NamedRange range : facts.ranges()) {
      Account account = booking.account(range.name());
      String name = account == Account.GO_RUNTIME ? range.name() : "";
      AddressRange whole = Pages.whole(range.range());
      // Go's arenas are listed by its own page allocator; only the ranges around them are guessed.
      boolean inferred = guessed && !(account == Account.GO_HEAP && facts.number("heap.inuse").isPresent());
      claims.add(new Claim(whole, new Owner(account, name, inferred ? INFERRED : MEASURED, source), Claim.RANGE));
    }
    return claims;
  }
}
