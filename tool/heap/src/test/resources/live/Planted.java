import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntUnaryOperator;

/**
 * Fills a collection of every kind with known keys and values, prints a line of facts for each, and dumps its heap. Of 24 elements twelve
 * have one hash code; the keys and values of two are held elsewhere, too; the values of two share an object.
 */
public class Planted {
  static final int COUNT = 24;
  static final int SAME_HASH = 12;

  static final class Key implements Comparable<Key> {
    final int id;
    final byte[] payload;

    Key(int id) {
      this.id = id;
      this.payload = new byte[100 + id];
    }

    @Override
    public int hashCode() {
      return id < SAME_HASH ? 42 : id * 3;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key && ((Key) other).id == id;
    }

    @Override
    public int compareTo(Key other) {
      return Integer.compare(id, other.id);
    }
  }

  static final class Val implements Comparable<Val> {
    final int id;
    final byte[] payload;
    final Shared shared;

    Val(int id, Shared shared) {
      this.id = id;
      this.payload = new byte[300 + id];
      this.shared = shared;
    }

    @Override
    public int hashCode() {
      return id < SAME_HASH ? 42 : id * 3;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Val && ((Val) other).id == id;
    }

    @Override
    public int compareTo(Val other) {
      return Integer.compare(id, other.id);
    }
  }

  static final class Shared {
    final byte[] payload = new byte[1000];
  }

  static final class OwnMap extends HashMap<Object, Object> {
    final Shared beside = new Shared();
    final int size = 7;

    OwnMap() {
      super(64);
    }
  }

  enum Constant { A, B, C, D, E, F, G, H, I, J }

  static final class Plant {
    final String name;
    final Object collection;

    Plant(String name, Object collection) {
      this.name = name;
      this.collection = collection;
    }
  }

  static final List<Plant> ALL = new ArrayList<>();
  static final List<Object> ELSEWHERE = new ArrayList<>();

  /** The number of elements, of places used and there, of collisions, of keys and values that others hold; -1 if it is not told. */
  static void plant(String name, Object collection, int elements, int used, int there, int collided, int keys, int values) {
    ALL.add(new Plant(name, collection));
    System.out.println(name + " " + elements + " " + used + " " + there + " " + collided + " " + keys + " " + values);
  }

  static Val val(int id, Shared shared) {
    Val val = new Val(id, id < 2 ? shared : null);
    if (id == 5 || id == 6) {
      ELSEWHERE.add(val);
    }
    return val;
  }

  static Key key(int id) {
    Key key = new Key(id);
    if (id == 7 || id == 8) {
      ELSEWHERE.add(key);
    }
    return key;
  }

  static <M extends Map<Object, Object>> M filled(M map) {
    Shared shared = new Shared();
    for (int i = 0; i < COUNT; i++) {
      map.put(key(i), val(i, shared));
    }
    return map;
  }

  static <C extends Collection<Object>> C filled(C collection) {
    collection.addAll(Arrays.asList(vals()));
    return collection;
  }

  static Object[] vals() {
    Shared shared = new Shared();
    Object[] vals = new Object[COUNT];
    for (int i = 0; i < COUNT; i++) {
      vals[i] = val(i, shared);
    }
    return vals;
  }

  static void hashed(String name, Object collection, int there, boolean isMap, IntUnaryOperator place) {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < COUNT; i++) {
      used.add(place.applyAsInt(i < SAME_HASH ? 42 : i * 3));
    }
    plant(name, collection, COUNT, used.size(), there, COUNT - used.size(), isMap ? 2 : 0, 2);
  }

  static void maps() {
    IntUnaryOperator of64 = hash -> (hash ^ hash >>> 16) & 63;
    hashed("HashMap", filled(new HashMap<>(64)), 64, true, of64);
    HashMap<Object, Object> seen = filled(new HashMap<>(64));
    seen.keySet();
    seen.values();
    seen.entrySet();
    hashed("HashMapWithViews", seen, 64, true, of64);
    hashed("LinkedHashMap", filled(new LinkedHashMap<>(64)), 64, true, of64);
    hashed("OwnMap", filled(new OwnMap()), 64, true, of64);
    hashed("HashSet", filled(new HashSet<>(64)), 64, false, of64);
    hashed("LinkedHashSet", filled(new LinkedHashSet<>(64)), 64, false, of64);
    hashed("ConcurrentHashMap", filled(new ConcurrentHashMap<>(64)), 128, true, hash -> hash & 127);
    hashed("Hashtable", filled(new Hashtable<>(64)), 64, true, hash -> hash % 64);
    WeakHashMap<Object, Object> weak = filled(new WeakHashMap<>(64));
    ELSEWHERE.addAll(weak.keySet());
    Set<Integer> weakPlaces = new HashSet<>();
    weak.keySet().forEach(key -> {
      int hash = key.hashCode();
      hash ^= (hash >>> 20) ^ (hash >>> 12);
      weakPlaces.add((hash ^ (hash >>> 7) ^ (hash >>> 4)) & 63);
    });
    plant("WeakHashMap", weak, COUNT, weakPlaces.size(), 64, COUNT - weakPlaces.size(), COUNT, 2);
    plant("Properties", filled(new Properties()), COUNT, -1, -1, -1, 2, 2);
    plant("IdentityHashMap", filled(new IdentityHashMap<>(32)), COUNT, COUNT, 64, -1, 2, 2);
    plant("TreeMap", filled(new TreeMap<>()), COUNT, 0, 0, -1, 2, 2);
    plant("TreeSet", filled(new TreeSet<>()), COUNT, 0, 0, -1, 0, 2);
    plant("ConcurrentSkipListMap", filled(new ConcurrentSkipListMap<>()), COUNT, 0, 0, -1, 2, 2);
    plant("ConcurrentSkipListSet", filled(new ConcurrentSkipListSet<>()), COUNT, 0, 0, -1, 0, 2);
    EnumMap<Constant, Object> constants = new EnumMap<>(Constant.class);
    Shared shared = new Shared();
    for (int i = 0; i < 7; i++) {
      constants.put(Constant.values()[i], val(i, shared));
    }
    plant("EnumMap", constants, 7, 7, 10, -1, 7, 2);
    HashMap<Object, Object> odd = new HashMap<>(16);
    Key itself = new Key(20);
    odd.put(itself, itself);
    odd.put(null, new Val(21, null));
    odd.put(new Key(22), null);
    plant("OddMap", odd, 3, -1, 16, -1, 0, 0);
    plant("EmptyMap", new HashMap<>(), 0, 0, 0, 0, 0, 0);
  }

  static void lists() {
    plant("ArrayList", filled(new ArrayList<>(50)), COUNT, COUNT, 50, -1, 0, 2);
    plant("EmptyList", new ArrayList<>(), 0, 0, 0, -1, 0, 0);
    List<Object> twice = new ArrayList<>(10);
    Val val = new Val(3, null);
    twice.add(val);
    twice.add(null);
    twice.add(val);
    plant("ListWithTwice", twice, 3, 3, 10, -1, 0, 0);
    plant("Vector", filled(new Vector<>(50)), COUNT, COUNT, 50, -1, 0, 2);
    plant("Stack", filled(new Stack<>()), COUNT, COUNT, -1, -1, 0, 2);
    plant("LinkedList", filled(new LinkedList<>()), COUNT, 0, 0, -1, 0, 2);
    plant("ArrayDeque", filled(new ArrayDeque<>(50)), COUNT, COUNT, 51, -1, 0, 2);
    plant("PriorityQueue", filled(new PriorityQueue<>(50)), COUNT, COUNT, 50, -1, 0, 2);
    plant("CopyOnWriteArrayList", filled(new CopyOnWriteArrayList<>()), COUNT, COUNT, COUNT, -1, 0, 2);
    plant("CopyOnWriteArraySet", filled(new CopyOnWriteArraySet<>()), COUNT, COUNT, COUNT, -1, 0, 2);
    ConcurrentLinkedQueue<Object> queue = filled(new ConcurrentLinkedQueue<>());
    queue.add(new Val(30, null));
    queue.poll();
    plant("ConcurrentLinkedQueue", queue, COUNT, 0, 0, -1, 0, 2);
    LinkedBlockingQueue<Object> blocking = filled(new LinkedBlockingQueue<>());
    blocking.add(new Val(30, null));
    blocking.poll();
    plant("LinkedBlockingQueue", blocking, COUNT, 0, 0, -1, 0, 2);
    plant("ArrayBlockingQueue", filled(new ArrayBlockingQueue<>(50)), COUNT, COUNT, 50, -1, 0, 2);
    plant("Arrays$ArrayList", Arrays.asList(vals()), COUNT, COUNT, COUNT, -1, 0, 2);
    plant("ListN", List.of(vals()), COUNT, COUNT, COUNT, -1, 0, 2);
    plant("List1", List.of(new Val(1, new Shared())), 1, 0, 0, -1, 0, 0);
    plant("List2", List.of(new Val(1, null), val(5, null)), 2, 0, 0, -1, 0, 1);
    plant("SetN", Set.of(vals()), COUNT, COUNT, 2 * COUNT, -1, 0, 2);
    plant("Set1", Set.of(new Val(1, null)), 1, 0, 0, -1, 0, 0);
    plant("Set2", Set.of(new Val(1, null), new Val(2, null)), 2, 0, 0, -1, 0, 0);
    plant("Map1", Map.of(key(7), new Val(1, null)), 1, 0, 0, -1, 1, 0);
    plant("MapN", Map.copyOf(filled(new HashMap<>())), COUNT, COUNT, 2 * COUNT, -1, 2, 2);
  }

  public static void main(String[] args) throws Exception {
    maps();
    lists();
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
  }
}
