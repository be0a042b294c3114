package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.AddressRange;
import io.tare.model.proc.ResidentPages;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Resident pages in few bytes. Version 1 is {@code 54 50 52 01} ("TPR", 1), one byte with the number of low bits that
 * no address uses, then the surveyed ranges and the runs: each a count, then for every range the gap before it and its
 * length, all as varints. The runs {@code 1000-3000} and {@code 5000-6000} of a survey of {@code 0-8000} are
 * {@code 54 50 52 01 0c 01 00 08 02 01 02 02 01}.
 */
public final class PageRunsBytes {
  private static final byte[] MAGIC = {'T', 'P', 'R'};
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = MAGIC.length + 2;

  private PageRunsBytes() {}

  public static byte[] encode(ResidentPages pages) {
    List<AddressRange> runs = new ArrayList<>(pages.runs());
    for (int i = 0; i < pages.runs(); i++) {
      runs.add(pages.run(i));
    }
    int unusedBits = Math.min(unusedBits(pages.surveyed()), unusedBits(runs));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.write(VERSION);
    out.write(unusedBits);
    write(pages.surveyed(), unusedBits, out);
    write(runs, unusedBits, out);
    return out.toByteArray();
  }

  private static int unusedBits(List<AddressRange> ranges) {
    long used = 0;
    for (AddressRange range : ranges) {
      used |= range.start() | range.end();
    }
    return Math.min(Long.numberOfTrailingZeros(used), 32);
  }

  private static void write(List<AddressRange> ranges, int unusedBits, ByteArrayOutputStream out) {
    Varints.write(ranges.size(), out);
    long end = 0;
    for (AddressRange range : ranges) {
      Varints.write((range.start() - end) >>> unusedBits, out);
      Varints.write(range.bytes() >>> unusedBits, out);
      end = range.end();
    }
  }

  public static Parsed<ResidentPages> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    if (content.length < HEADER_BYTES || content[0] != MAGIC[0] || content[1] != MAGIC[1] || content[2] != MAGIC[2]) {
      throw new NotThisFormat(artifact + " does not begin with the mark of resident pages");
    }
    if (content[3] != VERSION || content[4] < 0 || content[4] > 32) {
      throw new NotThisFormat(artifact + " is of version " + content[3] + ", which is not known");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    PageRunsReader reader = new PageRunsReader(new Varints.Reader(content, HEADER_BYTES), content[4], limits.items());
    ResidentPages pages = reader.read();
    if (reader.brokenAt() >= 0) {
      problems.add("offset " + reader.brokenAt(), "what follows does not fit: the survey ends at the last whole run");
    }
    return new Parsed<>(pages, problems.toList());
  }
}
