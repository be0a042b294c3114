package io.tare.fleet.simulate;

import io.tare.fleet.schema.Identity;
import io.tare.fleet.schema.Table;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What happens in a simulated fleet, decided before a single row is made: services with versions and deploys, versions that leak and what the
 * kernel kills of them, nodes that promise more than they have, processes that nobody owns. Everything follows from the seed.
 */
public final class Plan {
  /** The first day; fixed, so that a seed gives the same bytes on any day. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
  public static final String CLUSTER = "c1";

  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;
  private static final long GIB = 1L << 30;
  private static final int MOST_SERVICES = 40;
  /** The part of its limit that a process has when it is killed: it asks for more than is left. */
  private static final double FULL = 0.985;
  private static final List<String> NAMES = List.of("orders", "checkout", "search", "catalogue", "basket", "gateway",
      "prices", "images", "mail", "audit", "login", "stock", "ledger", "routes", "tickets", "quotes", "alerts", "carts",
      "labels", "profiles", "exports", "imports", "matching", "reviews", "sessions", "shipping", "returns", "vouchers",
      "invoices", "payments", "ranking", "crawler", "feeds", "geo", "chat", "video", "limits", "rules", "billing",
      "archive");
  private static final List<String> NAMESPACES = List.of("shop", "pay", "search", "ads", "core", "ops");
  private static final List<String> JDKS = List.of("21.0.5", "17.0.13", "25.0.1", "11.0.25");
  private static final List<String> COLLECTORS = List.of("G1", "G1", "Parallel", "ZGC", "Serial");
  private static final List<String> FLAGS = List.of("-Xmx1536m", "-Xms1g -Xmx1g -XX:TrimNativeHeapInterval=60000",
      "-XX:MaxRAMPercentage=70", "-XX:+UseStringDeduplication");
  private static final List<String> STRAYS = List.of("rsyslogd", "cleanup.sh", "node_exporter", "osqueryd");

  private final Size size;
  private final List<Service> services = new ArrayList<>();

  /** How much of it. */
  public record Size(int nodes, int processes, int days, long seed) {
    public long fromSecond() {
      return FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    /** The second after the last. */
    public long toSecond() {
      return fromSecond() + (long) days * DAY;
    }
  }

  /** One version from its deploy on. {@code growth} is what its data is, against the first version's. */
  record Deploy(String version, long second, double growth) {}

  /**
   * A service.
   *
   * @param badFrom number of the first deploy that leaks
   * @param leak the account that its leak shows in
   */
  record Service(String ns, String name, String runtime, long limitBytes, double liveShare, double phase, String jdk,
      String collector, String flags, List<Deploy> deploys, int badFrom, String leak) {
    Service {
      deploys = List.copyOf(deploys);
    }

    boolean isBad(int deploy) {
      return deploy >= badFrom;
    }

    String bound() {
      return flags.contains("-Xmx") ? "Xmx" : flags.contains("MaxRAMPercentage") ? "percentage" : "default";
    }
  }

  /**
   * A process from its start to its end.
   *
   * @param service empty for what nobody owns
   * @param fullSecond when its leak fills the limit, if nothing ends it before; of no leak never
   * @param leakPerSecond bytes
   * @param isKilled whether the kernel ends it for want of memory; else a deploy does, or nothing within the days
   */
  record Life(long proc, String node, Optional<Service> service, int deploy, String pod, String name, long noise,
      long startSecond, long endSecond, long fullSecond, double liveBytes, double leakPerSecond, boolean isKilled,
      boolean isOutlier) {

    String version() {
      return service.map(one -> one.deploys().get(deploy).version()).orElse("");
    }

    boolean leaks() {
      return leakPerSecond > 0;
    }

    /** What a remedy would return: one life in three has each. */
    Optional<Long> returns(String action) {
      long turn = Math.floorMod(noise + action.length(), 3);
      return service.filter(one -> one.runtime().equals("HotSpot") && turn == 0)
          .map(one -> one.limitBytes() / 100 * (1 + Math.floorMod(noise, 5)));
    }
  }

  /** A node with its lives. */
  record Node(String name, long allocatableBytes, boolean isOvercommitted, List<Life> lives) {
    Node {
      lives = List.copyOf(lives);
    }
  }

  public Plan(Size size) {
    this.size = size;
    SplittableRandom random = new SplittableRandom(size.seed());
    int count = Math.clamp(size.nodes(), 12, MOST_SERVICES);
    for (int i = 0; i < count; i++) {
      services.add(service(i, random));
    }
  }

  public Size size() {
    return size;
  }

  List<Service> services() {
    return services;
  }

  private Service service(int index, SplittableRandom random) {
    int kind = index % 10;
    String runtime = kind < 6 ? "HotSpot" : kind < 8 ? "Go" : kind == 8 ? "CPython" : "native";
    // Of each sort of leak one: in the Java heap, in malloc beside it, in Go's heap.
    String leak = index == 3 ? "heap" : index == 5 ? "malloc" : index == 6 ? "go_heap" : "";
    boolean grows = index == 1 || index == 8;
    long limit = GIB / 2 * (3 + random.nextInt(4));
    return new Service(NAMESPACES.get(index % NAMESPACES.size()), NAMES.get(index), runtime, limit,
        0.22 + random.nextDouble(0.12), random.nextDouble(2 * Math.PI), JDKS.get(random.nextInt(JDKS.size())),
        COLLECTORS.get(random.nextInt(COLLECTORS.size())), FLAGS.get(random.nextInt(FLAGS.size())),
        deploys(grows, random), leak.isEmpty() ? Integer.MAX_VALUE : 1, leak);
  }

  /** One before the days, one in their second quarter, then each five to nine days. */
  private List<Deploy> deploys(boolean grows, SplittableRandom random) {
    List<Deploy> deploys = new ArrayList<>(List.of(new Deploy("1.0", size.fromSecond() - 90L * DAY, 1)));
    long second = size.fromSecond() + (long) (size.days() * (0.25 + random.nextDouble(0.2)) * DAY);
    for (int i = 1; second < size.toSecond() - 4 * HOUR; i++) {
      deploys.add(new Deploy("1." + i, second / MINUTE * MINUTE, grows ? 1.3 : 1));
      second += (long) ((5 + random.nextDouble(4)) * DAY);
    }
    return deploys;
  }

  /** A node; the same each time it is asked for. */
  Node node(int number) {
    SplittableRandom random = new SplittableRandom(size.seed() * 31 + number);
    String name = String.format(java.util.Locale.ROOT, "node-%05d", number);
    List<Life> lives = new ArrayList<>();
    long limits = 0;
    for (int slot = 0; slot < size.processes(); slot++) {
      // Every service is on a fleet of any size: what is left after a turn of all is by chance.
      int place = number * size.processes() + slot;
      Service service = services
          .get(place < 8 * services.size() ? place % services.size() : random.nextInt(services.size()));
      limits += service.limitBytes();
      boolean isOutlier = service.leak().isEmpty() && place % 97 == 11;
      slot(name, service, isOutlier, random, lives);
    }
    if (number % 4 == 2) {
      lives.add(stray(name, random));
    }
    boolean isOvercommitted = number % 4 == 1;
    double ratio = isOvercommitted ? 1.1 + random.nextDouble(0.3) : 0.6 + random.nextDouble(0.3);
    return new Node(name, (long) (limits / ratio), isOvercommitted, lives);
  }

  private void slot(String node, Service service, boolean isOutlier, SplittableRandom random, List<Life> lives) {
    double live = service.limitBytes() * service.liveShare() * (0.97 + random.nextDouble(0.06)) * (isOutlier ? 1.7 : 1);
    for (int i = 0; i < service.deploys().size(); i++) {
      Deploy deploy = service.deploys().get(i);
      long begins = i == 0
          ? size.fromSecond() - random.nextLong(2 * HOUR, 60 * HOUR) / MINUTE * MINUTE
          : deploy.second() + (long) random.nextInt(10) * MINUTE;
      long ends = i + 1 < service.deploys().size()
          ? service.deploys().get(i + 1).second()
          : size.toSecond() + 90L * DAY;
      String pod = service.name() + "-" + hex(random, 8) + "-" + hex(random, 5);
      while (begins < Math.min(ends, size.toSecond())) {
        long noise = random.nextLong() >>> 1;
        boolean isBad = service.isBad(i);
        long full = begins + (isBad ? random.nextLong(26 * HOUR, 36 * HOUR) / MINUTE * MINUTE : Long.MAX_VALUE / 4);
        double data = live * deploy.growth();
        double leak = isBad
            ? (service.limitBytes() * FULL - resting(service, data, noise, begins, full)) / (full - begins)
            : 0;
        boolean isKilled = full < ends && full < size.toSecond();
        lives.add(new Life(Identity.proc(node + pod, noise, begins), node, Optional.of(service), i, pod, service.name(),
            noise, begins, Math.min(full, ends), full, data, leak, isKilled, isOutlier));
        begins = Math.min(full, ends) + (isKilled ? MINUTE : 0);
        if (full >= ends) {
          break;
        }
      }
    }
  }

  /** The working set of a process at that moment, without the leak: as the rows are made. */
  static double resting(Service service, double live, long noise, long begins, long at) {
    double busy = 0.5 + 0.5 * Math.sin(2 * Math.PI * (at % DAY) / DAY + service.phase());
    double data = live * (0.8 + 0.2 * busy);
    double malloc = 6e6 + 2e7 * Math.min((at - begins) / (2.0 * DAY), 1);
    double rest = 3.6e6 + noise % 50 * 4096 + (noise % 3 == 0 ? 3e6 : 0);
    return switch (service.runtime()) {
      case "HotSpot" -> data + malloc + rest + service.limitBytes() * (0.06 + 0.005 * (noise % 11) + 0.018)
          + 50e6 + noise % 40 * 1e6 + 28e6 + noise % 9 * 1e6 + 13.3e6 + (30 + busy * 60) * 90e3 + 27e6 + busy * 8e6;
      default -> data + rest + live * 0.15 * (1 - busy) + 14e6 + busy * 9e6;
    };
  }

  private Life stray(String node, SplittableRandom random) {
    String name = STRAYS.get(random.nextInt(STRAYS.size()));
    long noise = random.nextLong() >>> 1;
    return new Life(Identity.proc(node + name, noise, 0), node, Optional.empty(), 0, "", name, noise,
        size.fromSecond() - 90L * DAY, size.toSecond() + 90L * DAY, Long.MAX_VALUE, 5e7 + random.nextDouble(4e8), 0,
        false, false);
  }

  private static String hex(SplittableRandom random, int digits) {
    return String.format(java.util.Locale.ROOT, "%08x", random.nextInt()).substring(0, digits);
  }

  /** The lives as a table, from which SQL makes the minutes. */
  static final Table LIFE = new Table("life", List.of(new Table.Column("proc", "BIGINT"),
      new Table.Column("node", "STRING"), new Table.Column("ns", "STRING"), new Table.Column("service", "STRING"),
      new Table.Column("version", "STRING"), new Table.Column("pod", "STRING"), new Table.Column("container", "STRING"),
      new Table.Column("runtime", "STRING"), new Table.Column("limit_b", "BIGINT"),
      new Table.Column("phase", "DOUBLE"), new Table.Column("h", "BIGINT"), new Table.Column("start_t", "BIGINT"),
      new Table.Column("end_t", "BIGINT"), new Table.Column("live0", "DOUBLE"),
      new Table.Column("leak_heap", "DOUBLE"), new Table.Column("leak_malloc", "DOUBLE"),
      new Table.Column("leak_go", "DOUBLE"), new Table.Column("killed", "BOOLEAN"),
      new Table.Column("name", "STRING"), new Table.Column("jdk", "STRING"), new Table.Column("collector", "STRING"),
      new Table.Column("flags", "STRING"), new Table.Column("trim_b", "BIGINT"), new Table.Column("heap_b", "BIGINT")));

  static List<Optional<?>> row(Life life) {
    Optional<Service> of = life.service();
    boolean isJava = of.map(Service::runtime).orElse("").equals("HotSpot");
    String leak = of.map(Service::leak).orElse("");
    return List.of(Optional.of(life.proc()), Optional.of(life.node()), of.map(Service::ns), of.map(Service::name),
        of.map(_ -> life.version()), of.map(_ -> life.pod()), of.map(_ -> "main"),
        Optional.of(of.map(Service::runtime).orElse("native")), of.map(Service::limitBytes),
        Optional.of(of.map(Service::phase).orElse(0.0)), Optional.of(life.noise()), Optional.of(life.startSecond()),
        Optional.of(life.endSecond()), Optional.of(life.liveBytes()),
        Optional.of(leak.equals("heap") ? life.leakPerSecond() : 0.0),
        Optional.of(leak.equals("malloc") ? life.leakPerSecond() : 0.0),
        Optional.of(leak.equals("go_heap") ? life.leakPerSecond() : 0.0), Optional.of(life.isKilled()),
        Optional.of(life.name()), of.filter(_ -> isJava).map(Service::jdk),
        of.filter(_ -> isJava).map(Service::collector), of.filter(_ -> isJava).map(Service::flags),
        life.returns(Truth.TRIM), life.returns(Truth.SMALLER_HEAP));
  }
}
