package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.facts.Fact;
import io.tare.model.Problem;
import io.tare.model.proc.MemoryDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The descriptors that are memory, as facts:
 * {@code fd n=7 target=/memfd:java_heap%20(deleted) size=67108864 blocks=131072 inode=2051 device=00:01}. Blocks are
 * those of {@code stat}, 512 bytes each.
 */
public final class DescriptorsText {
  private static final String WORD = "fd";
  private static final long BLOCK_BYTES = 512;

  private DescriptorsText() {}

  public static String write(List<MemoryDescriptor> descriptors) {
    StringBuilder text = new StringBuilder();
    for (MemoryDescriptor descriptor : descriptors) {
      long blocks = (descriptor.allocatedBytes() + BLOCK_BYTES - 1) / BLOCK_BYTES;
      Fact fact = Fact.of(WORD, "n", descriptor.number(), "target", descriptor.target(), "size",
          descriptor.sizeBytes(), "blocks", blocks, "inode", descriptor.inode(), "device", descriptor.device());
      text.append(fact.line()).append('\n');
    }
    return text.toString();
  }

  public static Parsed<List<MemoryDescriptor>> parse(String artifact, String content, ParseLimits limits)
      throws NotThisFormat {
    Parsed<List<Fact>> facts = Fact.parseAll(artifact, content, limits);
    ProblemList problems = new ProblemList(artifact, limits);
    List<MemoryDescriptor> descriptors = new ArrayList<>();
    for (Fact fact : facts.value()) {
      descriptor(fact).ifPresentOrElse(descriptors::add,
          () -> problems.add("fact " + (descriptors.size() + 1), "not a descriptor: '" + fact.line() + "'"));
    }
    List<Problem> all = new ArrayList<>(facts.problems());
    all.addAll(problems.toList());
    return new Parsed<>(List.copyOf(descriptors), all);
  }

  private static Optional<MemoryDescriptor> descriptor(Fact fact) {
    OptionalLong number = fact.number("n");
    OptionalLong size = fact.number("size");
    OptionalLong blocks = fact.number("blocks");
    OptionalLong inode = fact.number("inode");
    boolean complete = fact.word().equals(WORD) && isCount(number, Integer.MAX_VALUE) && isCount(size, Long.MAX_VALUE)
        && isCount(blocks, Long.MAX_VALUE / BLOCK_BYTES) && inode.isPresent();
    return complete
        ? Optional.of(new MemoryDescriptor((int) number.getAsLong(), fact.text("target").orElse(""), size.getAsLong(),
            blocks.getAsLong() * BLOCK_BYTES, inode.getAsLong(), fact.text("device").orElse("")))
        : Optional.empty();
  }

  private static boolean isCount(OptionalLong value, long most) {
    return value.isPresent() && value.getAsLong() >= 0 && value.getAsLong() <= most;
  }
}
