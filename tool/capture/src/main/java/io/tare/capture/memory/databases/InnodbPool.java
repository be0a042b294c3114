package io.tare.capture.memory.databases;

import io.tare.capture.memory.ProcessMemory;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * InnoDB's buffer pool as MariaDB lays it out since 10.11.12, 11.4.6 and 11.8: pieces of 8 MB, at multiples of that. Each begins with the
 * descriptions of its pages, one after the other, and each description names its page: the first one behind all descriptions, the next one
 * a page on. That, and how many fit, is the proof of a piece. A page in use says in its own head which one it is, as its description does:
 * that is the proof of where descriptions keep their fields.
 */
public final class InnodbPool {
  private static final String POOL = "pool";
  private static final long PIECE = 8 << 20;
  private static final int MOST_PIECES = 1 << 17;
  private static final int SMALLEST_PAGE = 4 << 10;
  private static final int LARGEST_PAGE = 64 << 10;
  private static final int SMALLEST_DESCRIPTION = 96;
  private static final int LARGEST_DESCRIPTION = 320;

  /** A description's fields: which page of which file; since when it is changed and not written; where it is; what it is used for. */
  private static final int NUMBER = 0;
  private static final int CHANGED = 16;
  private static final int OF_A_TEMPORARY_TABLE = 2;
  private static final int FRAME = 48;
  private static final int STATE = 68;
  private static final int NOT_USED = 0;
  /** Neither free nor a page of a file: one of the server's own. */
  private static final int MEMORY = 1;
  private static final int LEAVING = 2;
  private static final int FREED_IN_FILE = 3;
  private static final int IN_FILE = 1 << 29;
  /** In a page's own head. */
  private static final int OWN_NUMBER = 4;
  private static final int OWN_FILE = 34;
  private static final int HEADS_LOOKED_AT = 16;

  private final ProcessMemory memory;
  private final List<Piece> pieces = new ArrayList<>();
  private final Counts counts = new Counts();

  private InnodbPool(ProcessMemory memory) {
    this.memory = memory;
  }

  public static Parsed<RuntimeFacts> read(ProcessMemory memory, Smaps smaps) {
    return new InnodbPool(memory).read(smaps);
  }

  private Parsed<RuntimeFacts> read(Smaps smaps) {
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping()) {
        piecesIn(mapping.range());
      }
    }
    if (pieces.isEmpty()) {
      return new Parsed<>(new RuntimeFacts(Map.of(), List.of()),
          List.of(problem("no buffer pool was found as MariaDB lays it out since 10.11.12, 11.4.6 and 11.8")));
    }
    pieces.forEach(this::count);
    List<NamedRange> ranges = joined().stream().map(range -> new NamedRange(POOL, range)).toList();
    Optional<String> doubt = doubt();
    return doubt.isPresent()
        ? new Parsed<>(new RuntimeFacts(Map.of(POOL + ".committed", "" + committed()), ranges),
            List.of(problem(doubt.get())))
        : Parsed.of(new RuntimeFacts(facts(), ranges));
  }

  private static Problem problem(String message) {
    return new Problem(ArtifactNames.DATABASE, "", message);
  }

  // where pieces are

  /**
   * Eight megabytes, the last ones fewer.
   *
   * @param firstPage behind the descriptions
   */
  private record Piece(long at, long firstPage, int pages, int pageBytes, int descriptionBytes) {
    AddressRange range() {
      return new AddressRange(at, page(pages));
    }

    long page(int index) {
      return firstPage + (long) index * pageBytes;
    }
  }

  private void piecesIn(AddressRange mapping) {
    long first = (mapping.start() + PIECE - 1) & -PIECE;
    for (long at = first; at > 0 && at < mapping.end() && pieces.size() < MOST_PIECES
        && !memory.budgetExceeded(); at += PIECE) {
      piece(at, Math.min(at + PIECE, mapping.end())).ifPresent(pieces::add);
    }
  }

  private Optional<Piece> piece(long at, long end) {
    long firstPage = memory.u64(at + FRAME).orElse(0);
    long room = firstPage - at;
    if (room <= 0 || room >= PIECE || room % SMALLEST_PAGE != 0) {
      return Optional.empty();
    }
    for (int bytes = SMALLEST_DESCRIPTION; bytes <= LARGEST_DESCRIPTION; bytes += Long.BYTES) {
      long step = memory.u64(at + bytes + FRAME).orElse(0) - firstPage;
      boolean isPage = step >= SMALLEST_PAGE && step <= LARGEST_PAGE && Long.bitCount(step) == 1 && room % step == 0;
      // The room before the first page is what the descriptions of all that fit take, in whole pages.
      if (isPage && ((PIECE - room) / step * bytes + step - 1) / step * step == room) {
        int pages = pages(at, bytes, firstPage, step, (end - firstPage) / step);
        return pages == 0 ? Optional.empty() : Optional.of(new Piece(at, firstPage, pages, (int) step, bytes));
      }
    }
    return Optional.empty();
  }

  /** How many descriptions name the page that they should. */
  private int pages(long at, int bytes, long firstPage, long step, long most) {
    int pages = 0;
    while (pages < most && memory.u64(at + (long) pages * bytes + FRAME).orElse(0) == firstPage + pages * step) {
      pages++;
    }
    return pages;
  }

  private List<AddressRange> joined() {
    List<AddressRange> joined = new ArrayList<>();
    for (Piece piece : pieces) {
      AddressRange range = piece.range();
      boolean goesOn = !joined.isEmpty() && joined.getLast().end() == range.start();
      joined.add(goesOn ? new AddressRange(joined.removeLast().start(), range.end()) : range);
    }
    return joined;
  }

  private long committed() {
    return pieces.stream().mapToLong(piece -> piece.range().bytes()).sum();
  }

  // what they hold

  /** Pages by what they are used for, and what is resident of those that are not. */
  private static final class Counts {
    private long pages;
    private long inFile;
    private long own;
    private long free;
    private long changed;
    private long unknown;
    private long usedBytes;
    private long freeResident;
    private long headsResident;
    private int headsThatAgree;
    private int headsThatDiffer;
  }

  private void count(Piece piece) {
    int bytes = piece.pages() * piece.descriptionBytes();
    Optional<ByteBuffer> descriptions = memory.read(piece.at(), bytes).map(ProcessMemory::inOrder);
    if (descriptions.isEmpty()) {
      counts.unknown += piece.pages();
      return;
    }
    ResidentPages resident = resident(piece);
    counts.headsResident += resident.presentBytes(new AddressRange(piece.at(), piece.firstPage()));
    counts.pages += piece.pages();
    int looked = 0;
    for (int i = 0; i < piece.pages(); i++) {
      int at = i * piece.descriptionBytes();
      int state = descriptions.get().getInt(at + STATE);
      if (state == NOT_USED) {
        counts.free++;
        counts.freeResident += resident.presentBytes(AddressRange.ofSize(piece.page(i), piece.pageBytes()));
      } else if (state == MEMORY || state == LEAVING) {
        counts.own++;
      } else if (state == FREED_IN_FILE || Integer.compareUnsigned(state, IN_FILE) >= 0) {
        counts.inFile++;
        long changed = descriptions.get().getLong(at + CHANGED);
        counts.changed += changed == 0 || changed == OF_A_TEMPORARY_TABLE ? 0 : 1;
        if (state != FREED_IN_FILE && looked++ < HEADS_LOOKED_AT) {
          compare(piece.page(i), descriptions.get().getLong(at + NUMBER));
        }
      } else {
        counts.unknown++;
      }
      counts.usedBytes += state == NOT_USED ? 0 : piece.pageBytes();
    }
  }

  private ResidentPages resident(Piece piece) {
    List<AddressRange> runs = memory.presentRuns(piece.range());
    return new ResidentPages(List.of(piece.range()), runs.stream().mapToLong(AddressRange::start).toArray(),
        runs.stream().mapToLong(AddressRange::end).toArray());
  }

  /** Files number their pages in the other byte order. */
  private void compare(long page, long number) {
    memory.read(page, OWN_FILE + Integer.BYTES).map(ByteBuffer::wrap).ifPresent(head -> {
      head.order(ByteOrder.BIG_ENDIAN);
      boolean agrees = head.getInt(OWN_NUMBER) == (int) number && head.getInt(OWN_FILE) == (int) (number >>> 32);
      counts.headsThatAgree += agrees ? 1 : 0;
      counts.headsThatDiffer += agrees ? 0 : 1;
    });
  }

  /** Why what was counted is not to be believed. */
  private Optional<String> doubt() {
    if (memory.budgetExceeded()) {
      return Optional
          .of("reading was given up after " + memory.ranOut() + ": what of the buffer pool is in use is not known");
    }
    // Pages are read in and written out meanwhile.
    boolean isProved = counts.unknown == 0 && counts.headsThatAgree > 0
        && counts.headsThatDiffer <= counts.headsThatAgree / 10;
    return isProved
        ? Optional.empty()
        : Optional.of("the buffer pool's descriptions are laid out otherwise: what of it is in use is not known");
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put(POOL + ".committed", "" + committed());
    facts.put(POOL + ".used", "" + counts.usedBytes);
    facts.put(POOL + ".idle.resident", "" + counts.freeResident);
    facts.put(POOL + ".heads.resident", "" + counts.headsResident);
    facts.put("pages", "" + counts.pages);
    facts.put("pages.data", "" + counts.inFile);
    facts.put("pages.own", "" + counts.own);
    facts.put("pages.free", "" + counts.free);
    facts.put("pages.dirty", "" + counts.changed);
    facts.put("page.bytes", "" + pieces.getFirst().pageBytes());
    return facts;
  }
}
