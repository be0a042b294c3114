package io.tare.yaml.tape;

import io.tare.yaml.basis.Parts;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.memory.Raw;
import io.tare.yaml.memory.Region;
import io.tare.yaml.memory.SourceText;
import io.tare.yaml.parse.Parser;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Streams of many documents by several threads. A line that begins with {@code ---} starts a document wherever it stands, so a stream can be cut there; each
 * piece writes to its own stretch of one address space, and nothing has to be moved afterwards.
 */
final class ParallelLoader {
  private static final long SMALLEST_PIECE = 1 << 18;
  private static final int PIECES_PER_THREAD = 4;
  private static final int TAPE_PER_BYTE = 9;
  private static final long SLACK = 1 << 16;

  private ParallelLoader() {}

  /** Null if the stream can't be cut, if a piece needs more room than it has, or if there are too many documents: one thread says where. */
  static TapeLoader.@Nullable Loaded load(SourceText text, MemorySegment source, YamlOptions options, Arena arena) {
    List<Long> cuts = cuts(text,
        Math.max(SMALLEST_PIECE, text.length() / ((long) options.threads() * PIECES_PER_THREAD)));
    if (cuts.size() < 3) {
      return null;
    }
    Region tape = Region.anonymous(text.length() * TAPE_PER_BYTE + SLACK * cuts.size()).named("yaml tape");
    Region decoded = Region.anonymous(text.length() + SLACK * cuts.size()).named("yaml tape");
    boolean done = false;
    try {
      List<TapeBuilder> pieces = parsed(text, options, cuts, tape, decoded);
      done = pieces != null
          && pieces.stream().mapToLong(piece -> piece.roots().length).sum() <= options.limits().documents();
      return pieces != null && done ? joined(text, source, arena, tape, decoded, pieces) : null;
    } finally {
      if (!done) {
        tape.free();
        decoded.free();
      }
    }
  }

  /** Addresses where a document starts behind one that has ended without directives for it; first the text's start, last its end. */
  private static List<Long> cuts(SourceText text, long pieceBytes) {
    List<Long> cuts = new ArrayList<>(List.of(text.start()));
    long here = text.start() + pieceBytes;
    long lineBefore = 0;
    while (here < text.end()) {
      long line = Raw.lineEnd(here) + 1;
      if (line >= text.end()) {
        break;
      }
      if (startsDocument(line) && lineBefore != 0 && !mayBelongToNext(Raw.at(lineBefore))) {
        cuts.add(line);
        line += pieceBytes;
        lineBefore = 0;
      } else {
        lineBefore = line;
      }
      here = line;
    }
    cuts.add(text.end());
    return cuts;
  }

  private static boolean startsDocument(long line) {
    return (Raw.eight(line) & 0xFF_FFFF) == 0x2D_2D2D && " \t\n".indexOf(Raw.at(line + 3)) >= 0;
  }

  /** Directives, and comments and blank lines that may stand after them. */
  private static boolean mayBelongToNext(byte first) {
    return first == '%' || first == '#' || first == '\n' || first == ' ' || first == '\t';
  }

  private static @Nullable List<TapeBuilder> parsed(SourceText text, YamlOptions options, List<Long> cuts, Region tape,
      Region decoded) {
    List<Future<TapeBuilder>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(options.threads())) {
      for (int i = 0; i + 1 < cuts.size(); i++) {
        long from = cuts.get(i);
        long to = cuts.get(i + 1);
        long offset = from - text.start();
        Growing itsTape = Growing.within(tape, Region.wholePages(offset * TAPE_PER_BYTE) + SLACK * i,
            (to - from) * TAPE_PER_BYTE + SLACK / 2);
        Growing itsDecoded = Growing.within(decoded, Region.wholePages(offset) + SLACK * i, to - from + SLACK / 2);
        futures.add(threads.submit(() -> piece(text, options, from, to, itsTape, itsDecoded)));
      }
    }
    List<TapeBuilder> pieces = new ArrayList<>();
    for (Future<TapeBuilder> future : futures) {
      TapeBuilder piece = result(future);
      if (piece == null) {
        return null;
      }
      pieces.add(piece);
    }
    return pieces;
  }

  private static TapeBuilder piece(SourceText text, YamlOptions options, long from, long to, Growing tape,
      Growing decoded) {
    TapeBuilder builder = new TapeBuilder(text, options, tape, decoded, TapeLoader.stackBytes(to - from));
    try {
      TapeLoader.run(new Parser(text.start(), from, to, builder, options.limits()), builder);
      return builder;
    } finally {
      builder.freeStack();
    }
  }

  private static @Nullable TapeBuilder result(Future<TapeBuilder> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new YamlException("interrupted while reading");
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case Growing.Full full -> null;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      };
    }
  }

  private static TapeLoader.Loaded joined(SourceText text, MemorySegment source, Arena arena, Region tape,
      Region decoded,
      List<TapeBuilder> pieces) {
    long[] roots = pieces.stream().flatMapToLong(piece -> LongStream.of(piece.roots())).toArray();
    long tapeUsed = pieces.stream().mapToLong(piece -> piece.tape.written()).sum();
    long decodedUsed = pieces.stream().mapToLong(piece -> piece.decoded.written()).sum();
    Parts parts = new Parts(text.length(), text.mapped(),
        pages(pieces.stream().mapToLong(piece -> piece.tape.written())), tapeUsed,
        pages(pieces.stream().mapToLong(piece -> piece.decoded.written())), decodedUsed,
        pieces.stream().mapToLong(TapeBuilder::stackBytes).sum(), false);
    return new TapeLoader.Loaded(
        new Tape(source.asSlice(text.start() - text.region().address()), tape.in(arena), decoded.in(arena)),
        roots, parts, tapeUsed / 8, pieces.stream().mapToInt(TapeBuilder::aliases).sum());
  }

  private static long pages(LongStream bytes) {
    return bytes.map(Region::wholePages).sum();
  }
}
