package io.tare.yaml.tape;

import io.tare.yaml.basis.Parts;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.ArenaGrowth;
import io.tare.yaml.memory.SourceText;
import io.tare.yaml.parse.Parser;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** From a text to a tape, as the options say. */
public final class TapeLoader {
  private static final long STACK_SLACK = 1 << 16;
  private static final int TAPE_PER_BYTE = 9;

  /** What was loaded: the tape, the roots of its documents, what the parts need. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Loaded(Tape tape, long[] roots, Parts parts, long nodes, int aliases) {}

  private TapeLoader() {}

  /** Parses all of {@code text}, which {@code arena} owns from now on, even if it is refused. */
  public static Loaded load(SourceText text, YamlOptions options, Arena arena) {
    MemorySegment source = text.region().in(arena);
    if (options.threads() > 1 && options.arena() == ArenaGrowth.CHUNKS) {
      Loaded parallel = ParallelLoader.load(text, source, options, arena);
      if (parallel != null) {
        return parallel;
      }
    }
    if (options.arena() == ArenaGrowth.EXACT) {
      TapeBuilder first = parsed(text, options, Growing.reserved(tapeBytes(text)),
          Growing.reserved(text.length() + STACK_SLACK));
      long tapeBytes = first.tape.used();
      long decodedBytes = first.decoded.used();
      first.tape.free();
      first.decoded.free();
      return finished(text, source, arena, options,
          parsed(text, options, Growing.reserved(tapeBytes + 64), Growing.reserved(decodedBytes + 64)));
    }
    boolean doubling = options.arena() == ArenaGrowth.DOUBLING;
    return finished(text, source, arena, options, parsed(text, options,
        doubling ? Growing.doubling() : Growing.reserved(tapeBytes(text)),
        doubling ? Growing.doubling() : Growing.reserved(text.length() + STACK_SLACK)));
  }

  private static long tapeBytes(SourceText text) {
    return text.length() * TAPE_PER_BYTE + STACK_SLACK;
  }

  /** The stack has at most a word for each byte of the text: each value has a character or a separator of its own. */
  static long stackBytes(long textBytes) {
    return textBytes * 8 + STACK_SLACK;
  }

  private static TapeBuilder parsed(SourceText text, YamlOptions options, Growing tape, Growing decoded) {
    TapeBuilder builder = new TapeBuilder(text, options, tape, decoded, stackBytes(text.length()));
    boolean done = false;
    try {
      run(new Parser(text.start(), text.start(), text.end(), builder, options.limits()), builder);
      done = true;
      return builder;
    } finally {
      builder.freeStack();
      if (!done) {
        tape.free();
        decoded.free();
      }
    }
  }

  /** Runs a parser; what the builder refuses gets the place where the parser was. */
  static void run(Parser parser, TapeBuilder builder) {
    try {
      parser.run();
    } catch (YamlException e) {
      if (e.line() > 0 || builder.place() == 0) {
        throw e;
      }
      YamlException placed = parser.refusedAt(builder.place(), String.valueOf(e.getMessage()));
      placed.addSuppressed(e);
      throw placed;
    } catch (InternalError e) {
      throw new YamlException("the file became shorter while it was read");
    }
  }

  private static Loaded finished(SourceText text, MemorySegment source, Arena arena, YamlOptions options,
      TapeBuilder builder) {
    long tapeUsed = builder.tape.used();
    long decodedUsed = builder.decoded.used();
    boolean heap = options.arena() == ArenaGrowth.HEAP;
    MemorySegment words = heap ? builder.tape.onHeap() : builder.tape.finished(arena);
    MemorySegment decoded = heap ? builder.decoded.onHeap() : builder.decoded.finished(arena);
    long tapeCapacity = heap ? tapeUsed : builder.tape.capacity();
    long decodedCapacity = heap
        ? decodedUsed
        : decodedUsed == 0 && options.arena() != ArenaGrowth.DOUBLING ? 0 : builder.decoded.capacity();
    Parts parts = new Parts(text.length(), text.mapped(), tapeCapacity, tapeUsed, decodedCapacity, decodedUsed,
        builder.stackBytes(), heap);
    return new Loaded(new Tape(source.asSlice(text.start() - text.region().address()), words, decoded), builder.roots(),
        parts,
        tapeUsed / 8, builder.aliases());
  }
}
