package io.tare.cases.faults.self;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All mappings of this process in one reading of its smaps. */
public record OwnMappings(List<OwnMapping> all) {
  private static final byte[] RSS = "Rss:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PSS = "Pss:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SHARED_DIRTY = "Shared_Dirty:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PRIVATE_DIRTY = "Private_Dirty:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HUGE = "AnonHugePages:".getBytes(StandardCharsets.US_ASCII);

  public OwnMappings {
    all = List.copyOf(all);
  }

  public static OwnMappings read() throws IOException {
    List<OwnMapping> mappings = new ArrayList<>(1024);
    try (ByteLines lines = new ByteLines("/proc/self/smaps")) {
      boolean more = lines.next();
      while (more) {
        OwnMapping header = header(lines);
        long[] sums = new long[4];
        more = lines.next();
        while (more && !isHeader(lines)) {
          add(lines, sums);
          more = lines.next();
        }
        OwnMapping.Resident resident = new OwnMapping.Resident(sums[0], sums[1], sums[2], sums[3]);
        mappings.add(
            new OwnMapping(header.start(), header.end(), header.permissions(), header.path(), resident));
      }
    }
    return new OwnMappings(mappings);
  }

  /** {@code 7f3a5c000000-7f3a5c021000 rw-p 00000000 00:00 0    /a/path} (Linux 6.18). */
  private static OwnMapping header(ByteLines line) {
    int dash = line.indexOf('-', 0);
    int space = line.indexOf(' ', dash);
    int slash = line.indexOf('/', space);
    int bracket = line.indexOf('[', space);
    int path = slash >= 0 ? slash : bracket;
    return new OwnMapping(line.number(0, 16), line.number(dash + 1, 16), line.text(space + 1, space + 5),
        path < 0 ? "" : line.text(path, line.length()), new OwnMapping.Resident(0, 0, 0, 0));
  }

  /** A header starts with a lower-case hexadecimal digit, every other line with a capital letter. */
  private static boolean isHeader(ByteLines line) {
    return line.length() > 0 && !Character.isUpperCase(line.at(0));
  }

  private static void add(ByteLines line, long[] sums) {
    if (line.startsWith(RSS)) {
      sums[0] += kilobytes(line);
    } else if (line.startsWith(PSS)) {
      sums[1] += kilobytes(line);
    } else if (line.startsWith(SHARED_DIRTY) || line.startsWith(PRIVATE_DIRTY)) {
      sums[2] += kilobytes(line);
    } else if (line.startsWith(HUGE)) {
      sums[3] += kilobytes(line);
    }
  }

  private static long kilobytes(ByteLines line) {
    return line.number(line.indexOf(':', 0), 10) << 10;
  }

  public long rssBytes() {
    return all.stream().mapToLong(mapping -> mapping.resident().rss()).sum();
  }

  public List<OwnMapping> matching(Predicate<OwnMapping> wanted) {
    return all.stream().filter(wanted).toList();
  }

  /** The mapping that this address lies in. */
  public Optional<OwnMapping> containing(long address) {
    return all.stream().filter(mapping -> mapping.contains(address)).findFirst();
  }

  /** The mappings that touch each other around this address, lowest first. */
  public List<OwnMapping> run(long address) {
    int at = 0;
    while (at < all.size() && !all.get(at).contains(address)) {
      at++;
    }
    if (at == all.size()) {
      return List.of();
    }
    int from = at;
    while (from > 0 && all.get(from - 1).end() == all.get(from).start()) {
      from--;
    }
    int to = at;
    while (to + 1 < all.size() && all.get(to).end() == all.get(to + 1).start()) {
      to++;
    }
    return all.subList(from, to + 1);
  }
}
