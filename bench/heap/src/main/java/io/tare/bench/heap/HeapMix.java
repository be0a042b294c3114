package io.tare.bench.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fills its heap with what applications hold (orders in maps, strings unique and repeated, boxed numbers, buffers, sessions with
 * back references, long lists, half-empty collections) and dumps it: {@code HeapMix OUT.hprof OBJECT_MILLIONS}.
 */
public final class HeapMix {
  /** One round of {@link #grow} makes about this many objects. */
  static final int OBJECTS_PER_ROUND = 10_000;

  record Customer(int id, String name, String country) {}

  static final class Item {
    final String sku;
    final int quantity;
    final Integer cents;

    Item(String sku, int quantity, Integer cents) {
      this.sku = sku;
      this.quantity = quantity;
      this.cents = cents;
    }
  }

  static final class Order {
    final long id;
    final Customer customer;
    final List<Item> items;
    final LocalDate day;
    Order previous;

    Order(long id, Customer customer, List<Item> items, LocalDate day) {
      this.id = id;
      this.customer = customer;
      this.items = items;
      this.day = day;
    }
  }

  static final class Session {
    final Map<String, Object> attributes = new HashMap<>();
    final byte[] buffer;
    Session next;

    Session(int bufferBytes) {
      buffer = new byte[bufferBytes];
    }
  }

  static final Map<Long, Order> ORDERS = new HashMap<>();
  static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();
  static final TreeMap<Integer, String> INDEX = new TreeMap<>();
  static final LinkedList<Object> JOURNAL = new LinkedList<>();
  static final List<Object> SPARSE = new ArrayList<>();

  private final Random random = new Random(42);
  private final List<Customer> customers = new ArrayList<>();
  private long nextOrder = 100_000;
  private Order lastOrder;
  private Session lastSession;

  public static void main(String[] args) throws Exception {
    HeapMix mix = new HeapMix();
    long rounds = Math.round(Double.parseDouble(args[1]) * 1e6 / OBJECTS_PER_ROUND);
    for (long round = 0; round < rounds; round++) {
      mix.grow();
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(Path.of(args[0]).toAbsolutePath().toString(), false);
  }

  void grow() {
    for (int i = 0; i < 20; i++) {
      customers.add(new Customer(customers.size(), "customer " + customers.size(), "country " + random.nextInt(40)));
    }
    for (int i = 0; i < 420; i++) {
      growOrder();
    }
    for (int i = 0; i < 12; i++) {
      growSession();
    }
    for (int i = 0; i < 250; i++) {
      INDEX.put(random.nextInt(), "entry " + random.nextInt(1000));
      JOURNAL.add(lastOrder);
    }
    for (int i = 0; i < 60; i++) {
      SPARSE.add(new ArrayList<Object>(List.of(lastOrder)));
      SPARSE.add(new HashMap<Object, Object>());
    }
  }

  private void growOrder() {
    int many = 1 + random.nextInt(4);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      items.add(new Item("sku-" + random.nextInt(100_000), random.nextInt(9), random.nextInt(100_000)));
    }
    Customer customer = customers.get(random.nextInt(customers.size()));
    Order order = new Order(nextOrder++, customer, items, LocalDate.ofEpochDay(random.nextInt(20_000)));
    if (random.nextInt(3) == 0) {
      order.previous = lastOrder;
    }
    lastOrder = order;
    ORDERS.put(order.id, order);
  }

  private void growSession() {
    Session session = new Session(256 + random.nextInt(1500));
    for (int i = 0; i < 12; i++) {
      session.attributes.put("attribute-" + i, Integer.toString(random.nextInt()));
    }
    session.attributes.put("order", lastOrder);
    session.next = lastSession;
    lastSession = session;
    SESSIONS.put("session-" + random.nextLong(), session);
  }
}
