package io.tare.ledger;

import io.tare.formats.proc.PageRunsBytes;
import io.tare.model.AddressRange;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Entry;
import io.tare.model.proc.ResidentPages;
import io.tare.model.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A capture in a few lines, and what is told of it. Mappings are given as smaps prints them, their counts in KB:
 *
 * <pre>
 * SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64 Private_Dirty 64").present("10000-14000")
 *     .lines(MALLOC, "malloc", "arena address=10000 …").bytes(Account.MALLOC_USED)
 * </pre>
 */
final class SampleCapture {
  static final long PID = 4711;
  private static final List<String> COUNTS = List.of("Rss", "Pss", "Shared_Clean", "Shared_Dirty", "Private_Clean",
      "Private_Dirty", "Referenced", "Anonymous", "LazyFree", "AnonHugePages", "Shared_Hugetlb", "Private_Hugetlb",
      "Swap", "Locked");

  private final RuntimeKind runtime;
  private final Map<String, Artifact> artifacts = new LinkedHashMap<>();
  private final StringBuilder smaps = new StringBuilder();
  private final List<AddressRange> surveyed = new ArrayList<>();
  private final List<AddressRange> present = new ArrayList<>();
  private long startTicks = 1;

  private SampleCapture(RuntimeKind runtime) {
    this.runtime = runtime;
  }

  static SampleCapture of(RuntimeKind runtime) {
    return new SampleCapture(runtime);
  }

  /** A mapping, ascending; {@code Pss} is {@code Rss} unless it is given, and what is not named is zero. */
  SampleCapture mapping(String rangePermissionsAndName, String counts) {
    return mapping(rangePermissionsAndName, counts, 0);
  }

  /** A mapping of the file that this number stands for. */
  SampleCapture mapping(String rangePermissionsAndName, String counts, long inode) {
    String[] head = rangePermissionsAndName.split(" ", 3);
    Map<String, String> given = new LinkedHashMap<>();
    String[] words = counts.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      given.put(words[i], words[i + 1]);
    }
    given.putIfAbsent("Pss", given.get("Rss"));
    smaps.append(head[0]).append(' ').append(head[1]).append(" 00000000 00:00 ").append(inode).append(' ')
        .append(head.length > 2 ? head[2] : "")
        .append('\n');
    COUNTS.forEach(name -> smaps.append(name).append(": ").append(given.getOrDefault(name, "0")).append(" kB\n"));
    smaps.append("VmFlags: rd wr mr mw me ac\n");
    surveyed.add(range(head[0]));
    return text(ArtifactNames.SMAPS, smaps.toString());
  }

  /** Runs of present pages, ascending; with the first all mappings so far count as surveyed. */
  SampleCapture present(String... runs) {
    for (String run : runs) {
      present.add(range(run));
    }
    ResidentPages pages = new ResidentPages(surveyed, present.stream().mapToLong(AddressRange::start).toArray(),
        present.stream().mapToLong(AddressRange::end).toArray());
    artifacts.put(ArtifactNames.PAGES,
        new Artifact(ArtifactNames.PAGES, Outcome.TAKEN, "", 0, PageRunsBytes.encode(pages)));
    return this;
  }

  SampleCapture text(String artifact, String text) {
    artifacts.put(artifact, Artifact.taken(artifact, "", 0, text));
    return this;
  }

  SampleCapture lines(String artifact, String... lines) {
    return text(artifact, String.join("\n", lines) + "\n");
  }

  /** What HotSpot's structure tables say, but for their first line. */
  SampleCapture hotspot(String... lines) {
    return text(ArtifactNames.HOTSPOT, "jvm-layout source=tables\n" + String.join("\n", lines) + "\n");
  }

  /** glibc's arenas as they were walked, and the blocks mapped one by one. */
  SampleCapture malloc(String... lines) {
    return text(ArtifactNames.MALLOC, "malloc allocator=glibc\n" + String.join("\n", lines) + "\n");
  }

  /** One arena in one piece; sizes in KB. */
  SampleCapture arena(String range, long usedKilobytes, long freeResidentKilobytes) {
    String address = range.substring(0, range.indexOf('-'));
    return malloc("arena address=" + address + " main=true system=0 used=" + usedKilobytes * 1024 + " free=0 resident="
        + freeResidentKilobytes * 1024 + " complete=true",
        "segment arena=" + address + " start=" + address + " end=" + range.substring(range.indexOf('-') + 1));
  }

  SampleCapture missing(String artifact, Outcome outcome, String note) {
    artifacts.put(artifact, Artifact.missing(artifact, outcome, note));
    return this;
  }

  SampleCapture startedAt(long ticks) {
    startTicks = ticks;
    return this;
  }

  Capture capture() {
    return new Capture(new Target(PID, startTicks, "sample", runtime), Instant.EPOCH, 5000, List.of(), artifacts);
  }

  Report report() {
    return Explanation.explain(capture());
  }

  /** KB of an account. */
  long kilobytes(Account account) {
    return report().ledger().orElseThrow().bytes(account) / 1024;
  }

  long unexplainedKilobytes() {
    return report().ledger().orElseThrow().unexplainedBytes() / 1024;
  }

  /** The ledger as lines {@code account name KB confidence}, biggest first; what has no name shows none. */
  List<String> ledger() {
    return report().ledger().orElseThrow().entries().stream().map(SampleCapture::line).toList();
  }

  private static String line(Entry entry) {
    return java.util.stream.Stream.of(entry.account().id(), entry.name(), "" + entry.residentBytes() / 1024,
        entry.confidence().label()).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }

  /** A further figure of the report; empty text where it is not told. */
  String detail(String what) {
    return report().details().stream().filter(figure -> figure.what().equals(what)).map(figure -> figure.value())
        .findFirst().orElse("");
  }

  private static AddressRange range(String text) {
    int dash = text.indexOf('-');
    return new AddressRange(Long.parseUnsignedLong(text.substring(0, dash), 16),
        Long.parseUnsignedLong(text.substring(dash + 1), 16));
  }
}
