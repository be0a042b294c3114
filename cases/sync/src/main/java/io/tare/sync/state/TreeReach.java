package io.tare.sync.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Follows the trees of a file from their roots to see whether every page that they point to is in it. Pages as LMDB 0.9 writes
 * them: {@code pgno:8 pad:2 flags:2 lower:2 upper:2}, then an offset of 2 bytes for each node; a node is
 * {@code low:2 high:2 flags:2 keyBytes:2 key data}.
 */
final class TreeReach {
  private static final int HEADER_BYTES = 16;
  private static final int FLAGS_AT = 10;
  private static final int LOWER_AT = 12;
  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int NODE_HEADER_BYTES = 8;
  private static final int DATA_ON_OTHER_PAGES = 1;
  private static final int DATA_IS_A_TREE = 2;
  private static final int ROOT_IN_TREE = 40;
  static final long NO_PAGE = -1;

  private final FileChannel file;
  private final int pageBytes;
  private final ByteBuffer page;
  private final Deque<Long> toVisit = new ArrayDeque<>();
  private final long pagesInFile;
  private long visited;

  private TreeReach(FileChannel file, int pageBytes) throws IOException {
    this.file = file;
    this.pagesInFile = file.size() / pageBytes;
    this.pageBytes = pageBytes;
    this.page = ByteBuffer.allocate(pageBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean isAllThere(FileChannel file, StateFileHeader header) throws IOException {
    TreeReach reach = new TreeReach(file, header.pageBytes());
    reach.visitLater(header.freeRoot());
    reach.visitLater(header.mainRoot());
    try {
      while (!reach.toVisit.isEmpty()) {
        reach.visit(reach.toVisit.pop());
      }
      return true;
    } catch (EOFException | IndexOutOfBoundsException torn) {
      return false;
    }
  }

  private void visitLater(long pageNumber) {
    if (pageNumber != NO_PAGE) {
      toVisit.push(pageNumber);
    }
  }

  private void visit(long number) throws IOException {
    visited++;
    if (visited > pagesInFile) {
      throw new EOFException("pages point in a circle");
    }
    read(number);
    int kind = page.getShort(FLAGS_AT);
    boolean isTreePage = page.getLong(0) == number && (kind & (BRANCH | LEAF)) != 0;
    if (!isTreePage) {
      throw new EOFException("page " + number + " holds something else");
    }
    int nodes = (Short.toUnsignedInt(page.getShort(LOWER_AT)) - HEADER_BYTES) / Short.BYTES;
    for (int i = 0; i < nodes; i++) {
      int node = Short.toUnsignedInt(page.getShort(HEADER_BYTES + i * Short.BYTES));
      if ((kind & BRANCH) != 0) {
        visitLater(low(node) | (long) flags(node) << Integer.SIZE);
      } else {
        follow(node);
      }
    }
  }

  private void follow(int node) throws IOException {
    int data = node + NODE_HEADER_BYTES + Short.toUnsignedInt(page.getShort(node + 6));
    if ((flags(node) & DATA_ON_OTHER_PAGES) != 0) {
      long pages = (HEADER_BYTES + low(node) + pageBytes - 1) / pageBytes;
      requirePages(page.getLong(data), pages);
    } else if ((flags(node) & DATA_IS_A_TREE) != 0) {
      visitLater(page.getLong(data + ROOT_IN_TREE));
    }
  }

  private long low(int node) {
    return Integer.toUnsignedLong(page.getInt(node));
  }

  private int flags(int node) {
    return Short.toUnsignedInt(page.getShort(node + 4));
  }

  private void read(long number) throws IOException {
    requirePages(number, 1);
    page.clear();
    while (page.hasRemaining()) {
      if (file.read(page, number * pageBytes + page.position()) < 0) {
        throw new EOFException();
      }
    }
  }

  private void requirePages(long first, long pages) throws IOException {
    if (first < 0 || first >= pagesInFile || pages > pagesInFile - first) {
      throw new EOFException("page " + first + " is behind the end");
    }
  }
}
