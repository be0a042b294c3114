package io.tare.cases.faults.leaks;

import java.util.List;
import java.util.Optional;

/** All leak programs, in the order in which a reader should meet them. */
public final class LeakTable {
  private static final String PACKAGE = "io.tare.cases.faults.leaks.";
  private static final String HERE = "static field " + PACKAGE;
  private static final String BYTES = "byte[]";

  private LeakTable() {}

  public static List<Leak> all() {
    return List.of(
        new Leak("static-map", "A static map of prices that nothing is ever taken out of",
            List.of(HERE + "PriceList.PRICES → table"), "java.util.HashMap$Node", PriceList::leak),
        new Leak("listeners", "Screens register as listeners of a button that outlives them",
            List.of(HERE + "Button.SAVE → listeners → elementData"), PACKAGE + "Button$Screen", Button::leak),
        new Leak("thread-local", "A pool's threads keep every request's scratch in a thread-local",
            List.of("thread \"pool-worker\" threadLocals → table → [",
                "of the ThreadLocal in " + HERE + "Scratch.USED"),
            BYTES, Scratch::leak),
        new Leak("driver", "Plugins that are gone stay loaded: each one's driver is still registered",
            List.of("static field java.sql.DriverManager.registeredDrivers → array"), "java.sql.DriverInfo",
            Plugin::leak),
        new Leak("queue", "A mailbox without a bound, and nobody who reads it",
            List.of(HERE + "Mailbox.INBOX → head"), "java.util.concurrent.ConcurrentLinkedQueue$Node", Mailbox::leak),
        new Leak("cache", "A cache of pages that evicts nothing",
            List.of(HERE + "PageCache.PAGES"), "java.util.LinkedHashMap$Entry", PageCache::leak),
        new Leak("inner-class", "Waiting tasks are inner classes: each holds the whole request it came from",
            List.of(HERE + "Request.RETRIES → elementData"), PACKAGE + "Request$Retry", Request::leak),
        new Leak("finalizers", "A finalizer that hangs: all that wait behind it stay",
            List.of("static field java.lang.ref.Finalizer."), "java.lang.ref.Finalizer", SlowHandle::leak),
        new Leak("interned", "A table of symbols that interns every name it meets and keeps it",
            List.of(HERE + "Symbols.NAMES → elementData"), "java.lang.String", Symbols::leak),
        new Leak("concurrent-set", "Numbers of orders that were seen, in a concurrent map that serves as a set",
            List.of(HERE + "SeenOrders.SEEN → map → table"), "java.util.concurrent.ConcurrentHashMap$Node",
            SeenOrders::leak));
  }

  public static Optional<Leak> byName(String name) {
    return all().stream().filter(leak -> leak.name().equals(name)).findFirst();
  }
}
