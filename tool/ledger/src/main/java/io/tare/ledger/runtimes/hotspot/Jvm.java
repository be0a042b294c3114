package io.tare.ledger.runtimes.hotspot;

import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.jvm.ClassHistogramText;
import io.tare.formats.jvm.CodeCacheText;
import io.tare.formats.jvm.FactKeys;
import io.tare.formats.jvm.HeapInfoText;
import io.tare.formats.jvm.MetaspaceText;
import io.tare.formats.jvm.NmtText;
import io.tare.formats.jvm.PerfDataBytes;
import io.tare.formats.jvm.SystemMapText;
import io.tare.formats.jvm.VmFlagsText;
import io.tare.formats.jvm.VmInfoText;
import io.tare.formats.memory.JvmLayoutText;
import io.tare.ledger.evidence.ArtifactReader;
import io.tare.ledger.evidence.Evidence;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.NmtReport;
import io.tare.model.jvm.PerfData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all sources say of a JVM together: its counters, its structure tables, its answers. Facts are taken from the first source that
 * has them, so the order of the layouts is the order of trust.
 *
 * @param histogramBytes objects found by a heap walk, live and dead alike, when one was asked for
 * @param liveAfterGc heap used right after a full collection, when one was asked for
 */
public record Jvm(
    List<JvmLayout> layouts,
    Optional<PerfData> perf,
    Optional<NmtReport> nmt,
    OptionalLong histogramBytes,
    OptionalLong liveAfterGc) {
  public static final Jvm NONE = new Jvm(List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty(),
      OptionalLong.empty());

  private static final ParseLimits LIMITS = ParseLimits.DEFAULT;
  private static final int FIRST_WITH_CENSUS = 17;
  private static final Set<String> WITH_EXACT_CENSUS = Set.of("Serial", "Parallel", "G1");
  private static final Pattern FEATURE = Pattern.compile("\\d{1,4}");
  private static final Pattern OF_JAVA_8 = Pattern.compile("^25\\.\\d+-b\\d+");

  public Jvm {
    layouts = List.copyOf(layouts);
  }

  /** What the evidence says of a JVM; nothing where there is none. */
  public static Jvm of(Evidence evidence) {
    return evidence.facts(Jvm.class).orElse(NONE);
  }

  public Optional<String> fact(String key) {
    return layouts.stream().flatMap(layout -> layout.fact(key).stream()).findFirst();
  }

  public OptionalLong number(String key) {
    return layouts.stream().map(layout -> layout.number(key)).filter(OptionalLong::isPresent).findFirst()
        .orElse(OptionalLong.empty());
  }

  public OptionalLong perfNumber(String name) {
    return perf.map(p -> p.number(name)).orElse(OptionalLong.empty());
  }

  public Optional<String> perfString(String name) {
    return perf.flatMap(p -> p.string(name));
  }

  public boolean flagIsOn(String name) {
    return fact("flag." + name).filter("true"::equals).isPresent();
  }

  /** Whether native memory tracking is on, in summary or in detail. */
  public boolean tracksNativeMemory() {
    return fact("flag.NativeMemoryTracking").filter(mode -> mode.equals("summary") || mode.equals("detail"))
        .isPresent();
  }

  String collector() {
    return fact("collector").orElse("");
  }

  /** Whether a source knows which parts of the heap are used. */
  boolean knowsHeapParts() {
    return layouts.stream().anyMatch(layout -> !layout.heapParts().isEmpty());
  }

  /** 17 of {@code 17.0.15+6}, 8 of {@code 25.402-b08}; zero where the version is not known. */
  public int feature() {
    String version = fact("version").or(() -> perfString("java.property.java.version"))
        .or(() -> perfString("java.property.java.vm.version")).orElse("");
    Matcher number = FEATURE.matcher(version);
    if (!number.find()) {
      return 0;
    }
    // A JVM of Java 8 calls itself 1.8.0 or 25.402-b08.
    boolean eight = version.startsWith("1.8") || OF_JAVA_8.matcher(version).find();
    return eight ? 8 : Integer.parseInt(number.group());
  }

  /** Whether its objects can be counted by class from outside, each once. */
  boolean hasExactCensus() {
    return feature() >= FIRST_WITH_CENSUS && WITH_EXACT_CENSUS.contains(collector());
  }

  /** A size as a flag takes it: whole megabytes, up to the next sixteen. */
  public static long megabytes(long bytes) {
    long unit = 16L << 20;
    return (bytes + unit - 1) / unit * (unit >> 20);
  }

  /** How to get at the objects themselves. */
  public static String heapDump(long pid) {
    return "tare heap " + pid;
  }

  static Jvm read(ArtifactReader reader) {
    return new Jvm(layouts(reader), reader.bytes(ArtifactNames.HSPERFDATA, (a, c) -> PerfDataBytes.parse(a, c, LIMITS)),
        nmt(reader),
        reader.text(ArtifactNames.ASK_HISTOGRAM, (a, c) -> ClassHistogramText.parse(a, c, LIMITS))
            .map(histogram -> OptionalLong.of(histogram.bytes())).orElse(OptionalLong.empty()),
        liveAfterGc(reader));
  }

  /** The tables come first: they were read right beside the mappings, and the answers came later. */
  private static List<JvmLayout> layouts(ArtifactReader reader) {
    List<JvmLayout> layouts = new ArrayList<>();
    reader.text(ArtifactNames.HOTSPOT, (a, c) -> JvmLayoutText.parse(c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_HEAP_INFO, (a, c) -> HeapInfoText.parse(a, c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_FLAGS, (a, c) -> VmFlagsText.parse(a, c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_CODECACHE, (a, c) -> CodeCacheText.parse(a, c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_METASPACE, (a, c) -> MetaspaceText.parse(a, c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_METASPACE_LIST, (a, c) -> MetaspaceText.parse(a, c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_VM_INFO, (a, c) -> VmInfoText.parse(a, c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_NMT_DETAIL, (a, c) -> NmtText.parseMap(a, c, LIMITS)).ifPresent(layouts::add);
    reader.text(ArtifactNames.ASK_SYSTEM_MAP, (a, c) -> SystemMapText.parse(a, c, LIMITS)).ifPresent(layouts::add);
    return layouts;
  }

  private static Optional<NmtReport> nmt(ArtifactReader reader) {
    Optional<NmtReport> detail = reader.text(ArtifactNames.ASK_NMT_DETAIL, (a, c) -> NmtText.parse(a, c, LIMITS));
    return detail.isPresent() ? detail : reader.text(ArtifactNames.ASK_NMT, (a, c) -> NmtText.parse(a, c, LIMITS));
  }

  /** The heap in use that the JVM states after the collection that was asked for. */
  private static OptionalLong liveAfterGc(ArtifactReader reader) {
    if (reader.text(ArtifactNames.ASK_GC, (a, c) -> Parsed.of(c)).isEmpty()) {
      return OptionalLong.empty();
    }
    return reader.text(ArtifactNames.ASK_HEAP_INFO, (a, c) -> HeapInfoText.parse(a, c, LIMITS))
        .map(layout -> layout.number(FactKeys.HEAP_USED)).orElse(OptionalLong.empty());
  }
}
