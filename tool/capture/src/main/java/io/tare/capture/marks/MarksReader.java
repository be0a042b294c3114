package io.tare.capture.marks;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.door.ForeignFile.Expect;
import io.tare.capture.door.TargetRoot;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.StatusLines;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.marks.MarksBytes;
import io.tare.formats.marks.MarksPage;
import io.tare.formats.marks.PageMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the marks file of one process ({@code docs/marks-format.md}): tells each mark once. The file is only read, never mapped, so
 * its writer can't notice, and cutting it short does no harm.
 */
public final class MarksReader implements AutoCloseable {
  private static final int MOST_BYTES = MarksBytes.HEAD_BYTES + MarksBytes.MOST_RECORDS * MarksBytes.RECORD_BYTES;
  private static final int LONGEST_PAUSE_BETWEEN_SEARCHES = 64;
  /** A start that the writer computed from another clock may differ by this much. */
  private static final long START_TOLERANCE_MILLIS = 3_000;

  private final ProcessFolder folder;
  private final long startMillis;
  private final Set<Long> seen = new HashSet<>();
  private final ByteBuffer latest = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private Optional<ForeignFile> file = Optional.empty();
  private long lastLatest;
  private boolean unfinished;
  private int untilNextSearch;
  private int pauseBetweenSearches = 1;

  /** @param startMillis when the process started, by the wall clock */
  public MarksReader(ProcessFolder folder, long startMillis) {
    this.folder = folder;
    this.startMillis = startMillis;
  }

  /** The marks that were not told before, oldest first. */
  public List<PageMark> news() {
    try {
      if (file.isEmpty() && !find()) {
        return List.of();
      }
      return news(file.orElseThrow());
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private boolean find() {
    if (untilNextSearch-- > 0) {
      return false;
    }
    pauseBetweenSearches = Math.min(LONGEST_PAUSE_BETWEEN_SEARCHES, pauseBetweenSearches * 2);
    untilNextSearch = pauseBetweenSearches;
    file = MarksPlace.open(folder);
    return file.isPresent();
  }

  private List<PageMark> news(ForeignFile file) throws IOException {
    latest.clear();
    if (file.read(latest, MarksBytes.LATEST_OFFSET) < Long.BYTES
        || (latest.getLong(0) == lastLatest && !unfinished)) {
      return List.of();
    }
    lastLatest = latest.getLong(0);
    ByteBuffer content = ByteBuffer.allocate((int) Math.min(file.sizeBytes(), MOST_BYTES));
    file.read(content, 0);
    MarksPage page;
    try {
      page = MarksBytes.parse("marks", content.array(), ParseLimits.DEFAULT).value();
    } catch (NotThisFormat notReady) {
      return List.of();
    }
    return isOfThisProcess(page) ? unseen(page, file) : List.of();
  }

  private boolean isOfThisProcess(MarksPage page) {
    return page.processStartMillis().isEmpty()
        || Math.abs(page.processStartMillis().getAsLong() - startMillis) <= START_TOLERANCE_MILLIS;
  }

  private List<PageMark> unseen(MarksPage page, ForeignFile file) throws IOException {
    List<PageMark> news = new ArrayList<>();
    unfinished = false;
    ByteBuffer sequence = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (PageMark mark : page.marks()) {
      if (seen.contains(mark.ticket())) {
        continue;
      }
      sequence.clear();
      if (file.read(sequence, mark.offset()) == Long.BYTES && sequence.getLong(0) == 2 * mark.ticket() + 2) {
        news.add(mark);
        seen.add(mark.ticket());
      } else {
        unfinished = true;
      }
    }
    forgetOverwritten(page);
    return news;
  }

  /** Tickets that the ring no longer holds never come again. */
  private void forgetOverwritten(MarksPage page) {
    if (!page.marks().isEmpty()) {
      long oldest = page.marks().getFirst().ticket();
      seen.removeIf(ticket -> ticket < oldest);
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}

/**
 * Finds {@code /tmp/taremarks_USER/PID} of a process through its own root, or where its mappings say. The folder belongs to the target:
 * only a regular file of its user, reached without a link, is accepted.
 */
final class MarksPlace {
  private static final String FOLDER = "taremarks_";
  private static final long MOST_BYTES = 16 << 20;
  private static final int MOST_MAPPED = 16;

  private MarksPlace() {}

  static Optional<ForeignFile> open(ProcessFolder folder) {
    String status = folder.text("status").orElse("");
    Optional<Long> owner = StatusLines.word(status, "Uid:", 0).map(Long::parseLong);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    String pid = StatusLines.lastWord(status, "NSpid:").orElse(Long.toString(folder.pid()));
    Expect expect = Expect.ownedBy(owner.get(), MOST_BYTES);
    try (TargetRoot root = TargetRoot.open(folder.path())) {
      Optional<ForeignFile> usual = inTemporaryFiles(root, pid, expect);
      return usual.isPresent() ? usual : first(root, mapped(folder, pid), expect);
    } catch (IOException denied) {
      return Optional.empty();
    }
  }

  private static Optional<ForeignFile> inTemporaryFiles(TargetRoot root, String pid, Expect expect) {
    try {
      return first(root,
          root.names("tmp", FOLDER).names().stream().map(name -> "tmp/" + name + "/" + pid).toList(), expect);
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Paths of mapped files that have the right name. */
  private static List<String> mapped(ProcessFolder folder, String pid) {
    String maps = folder.text("maps").orElse("");
    if (!maps.contains("/" + FOLDER)) {
      // Nearly always, and much cheaper to see than line by line.
      return List.of();
    }
    return maps.lines().filter(line -> isMarksFile(line, pid)).map(line -> line.substring(line.indexOf('/')))
        .distinct().limit(MOST_MAPPED).toList();
  }

  private static boolean isMarksFile(String path, String pid) {
    int file = path.lastIndexOf('/');
    return file > 0 && path.substring(file + 1).equals(pid)
        && path.startsWith(FOLDER, path.lastIndexOf('/', file - 1) + 1);
  }

  /** The first that is fit: others may lie beside it. */
  private static Optional<ForeignFile> first(TargetRoot root, List<String> paths, Expect expect) {
    return paths.stream().map(path -> open(root, path, expect)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<ForeignFile> open(TargetRoot root, String path, Expect expect) {
    try {
      return Optional.of(root.file(path, expect));
    } catch (IOException unfit) {
      return Optional.empty();
    }
  }
}
