package io.tare.yaml.basis;

/** How a text is read, where it and its values are kept, and what is refused. Immutable: {@code YamlOptions.DEFAULT.with…}. */
public record YamlOptions(Schema schema, Duplicates duplicates, Source source, ArenaGrowth arena, Dedup dedup,
    Wrappers wrappers,
    Decoding decoding, int threads, Limits limits) {
  /** What plain scalars mean. */
  public enum Schema {
    /** The core schema of YAML 1.2. */
    CORE,
    /** Only what JSON writes: null, true, false and JSON's numbers. */
    JSON,
    /** Everything is text. */
    FAILSAFE,
    /** YAML 1.1: yes, no, on, off, octal and sexagesimal integers, merge keys. */
    YAML_1_1
  }

  public enum Duplicates {
    REFUSED, LAST_WINS
  }

  /** Where the text is kept while the document is open. */
  public enum Source {
    /** The file's own pages: clean, shared, dropped by the kernel when memory is short. */
    MAPPED,
    /** A copy in anonymous memory outside the Java heap. */
    COPIED
  }

  /** How the memory for the values grows. */
  public enum ArenaGrowth {
    /** Twice as large each time, zeroed as {@code Arena.allocate} does: the unused half is resident. */
    DOUBLING,
    /** Address space is reserved, pages come as they are written; what is left over goes back. */
    CHUNKS,
    /** The text is read twice: once to count. */
    EXACT,
    /** A {@code long[]} on the Java heap. */
    HEAP
  }

  /** Whether equal texts and collections are kept once. */
  public enum Dedup {
    OFF,
    ON,
    /** Samples, and switches itself off where little repeats. */
    AUTO
  }

  /** How {@code YamlNode}s come about. */
  public enum Wrappers {
    LAZY, POOLED, EAGER
  }

  /** When escaped, folded and literal scalars are decoded. */
  public enum Decoding {
    /** When they are asked for: until then they are slices of the text. */
    LAZY,
    /** While the text is read. */
    EAGER
  }

  /** What hostile input can't exceed. A collection in another one needs up to 2 KB of the caller's stack. */
  public record Limits(int depth, int documents, long expandedNodes, long bytes) {
    public static final Limits DEFAULT = new Limits(200, 10_000_000, 10_000_000, 1L << 39);

    public Limits {
      if (depth < 1 || depth > 1_000) {
        throw new IllegalArgumentException("a depth of 1 to 1,000 can be allowed, not " + depth);
      }
    }
  }

  public static final YamlOptions DEFAULT = new YamlOptions(Schema.CORE, Duplicates.REFUSED, Source.MAPPED,
      ArenaGrowth.CHUNKS, Dedup.OFF, Wrappers.LAZY, Decoding.LAZY, 1, Limits.DEFAULT);

  public YamlOptions with(Schema other) {
    return new YamlOptions(other, duplicates, source, arena, dedup, wrappers, decoding, threads, limits);
  }

  public YamlOptions with(Duplicates other) {
    return new YamlOptions(schema, other, source, arena, dedup, wrappers, decoding, threads, limits);
  }

  public YamlOptions with(Source other) {
    return new YamlOptions(schema, duplicates, other, arena, dedup, wrappers, decoding, threads, limits);
  }

  public YamlOptions with(ArenaGrowth other) {
    return new YamlOptions(schema, duplicates, source, other, dedup, wrappers, decoding, threads, limits);
  }

  public YamlOptions with(Dedup other) {
    return new YamlOptions(schema, duplicates, source, arena, other, wrappers, decoding, threads, limits);
  }

  public YamlOptions with(Wrappers other) {
    return new YamlOptions(schema, duplicates, source, arena, dedup, other, decoding, threads, limits);
  }

  public YamlOptions with(Decoding other) {
    return new YamlOptions(schema, duplicates, source, arena, dedup, wrappers, other, threads, limits);
  }

  public YamlOptions withThreads(int count) {
    return new YamlOptions(schema, duplicates, source, arena, dedup, wrappers, decoding, count, limits);
  }

  public YamlOptions with(Limits other) {
    return new YamlOptions(schema, duplicates, source, arena, dedup, wrappers, decoding, threads, other);
  }
}
