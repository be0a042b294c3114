import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The parts of {@code tare.ledger/1} that are judged. */
record LedgerReading(Map<String, Object> json, long wallMillis) {
  /** {@code heap.used} where live and garbage are told apart. */
  private static final List<String> HEAP_USED_IN_PARTS = List.of("heap.used", "heap.live", "heap.garbage");
  /** How a runtime's own counters begin, among the details. */
  private static final String COUNTER = "Go: ";
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB");
  /** Only told when it was asked for. */
  private static final List<String> TOLD_ON_ASKING = List.of("heap.live", "heap.garbage");

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> list(String name) {
    return (List<Map<String, Object>>) json.getOrDefault(name, List.of());
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> part(String name) {
    return (Map<String, Object>) json.getOrDefault(name, Map.of());
  }

  private static OptionalLong number(Object value) {
    return value instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
  }

  private static long required(Object value, String name) {
    return number(value).orElseThrow(() -> new IllegalArgumentException("the ledger lacks " + name));
  }

  boolean isJvm() {
    return String.valueOf(part("target").get("runtime")).contains("JVM");
  }

  long rssBytes() {
    return required(part("scales").get("rssBytes"), "scales.rssBytes");
  }

  long unexplainedBytes() {
    return required(json.get("unexplainedBytes"), "unexplainedBytes");
  }

  long accountsBytes() {
    return list("accounts").stream().mapToLong(LedgerReading::residentBytes).sum();
  }

  long inferredBytes() {
    return list("accounts").stream().filter(account -> "inferred".equals(account.get("confidence")))
        .mapToLong(LedgerReading::residentBytes).sum();
  }

  long observerBytes() {
    return required(part("observer").get("rssDeltaBytes"), "observer.rssDeltaBytes");
  }

  /** The rules that say yes; verdicts stand in the order of their weight. */
  List<String> rules() {
    return list("verdicts").stream().filter(verdict -> "yes".equals(verdict.get("answer")))
        .map(verdict -> String.valueOf(verdict.get("rule"))).toList();
  }

  /** What the ledger says of {@code malloc.used+malloc.mmapped}, {@code scales.rssBytes} or {@code Go: HeapInuse}; empty if it can't know. */
  OptionalLong bytes(String key) {
    if (key.startsWith("scales.")) {
      return number(part("scales").get(key.substring("scales.".length())));
    }
    if (key.startsWith(COUNTER)) {
      return inBytes(detail(key));
    }
    if (TOLD_ON_ASKING.contains(key) && list("accounts").stream().noneMatch(account -> key.equals(account.get("id")))) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Stream.of(key.split("\\+")).flatMap(LedgerReading::ids).mapToLong(this::account).sum());
  }

  String version() {
    return String.valueOf(part("target").getOrDefault("version", ""));
  }

  String name() {
    return String.valueOf(part("target").getOrDefault("name", ""));
  }

  /** A further figure, in words; empty text where it is not told. */
  String detail(String what) {
    return list("details").stream().filter(detail -> what.equals(detail.get("what")))
        .map(detail -> String.valueOf(detail.get("value"))).findFirst().orElse("");
  }

  /** As reports print it: three digits and a unit. */
  private static OptionalLong inBytes(String words) {
    String[] parts = words.split(" ");
    int unit = parts.length == 2 ? UNITS.indexOf(parts[1]) : -1;
    return unit < 0 ? OptionalLong.empty() : OptionalLong.of((long) (Double.parseDouble(parts[0]) * (1L << 10 * unit)));
  }

  private static Stream<String> ids(String id) {
    return id.equals("heap.used") ? HEAP_USED_IN_PARTS.stream() : Stream.of(id);
  }

  private long account(String id) {
    return list("accounts").stream().filter(account -> id.equals(account.get("id")))
        .mapToLong(LedgerReading::residentBytes).sum();
  }

  private static long residentBytes(Map<String, Object> account) {
    return required(account.get("residentBytes"), "residentBytes of " + account.get("id"));
  }

}
