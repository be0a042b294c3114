package io.tare.formats.proc;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import org.jspecify.annotations.Nullable;

/** The line that opens a mapping in {@code smaps}, and is the whole mapping in {@code maps}. */
record MappingHeader(AddressRange range, String permissions, long offset, String device, long inode, String name) {

  Mapping with(MappingBytes bytes, String flags) {
    return new Mapping(range, permissions, offset, device, inode, name, bytes, flags);
  }

  /** Reads headers of one text. */
  static final class Reader {
    private final ByteCursor cursor;
    private final TextPool texts;
    private final int longestName;

    Reader(ByteCursor cursor, TextPool texts, int longestName) {
      this.cursor = cursor;
      this.texts = texts;
      this.longestName = longestName;
    }

    /**
     * The header from the cursor to the line's end; null when the line is none.
     *
     * @param lineEnd the position of the line feed
     */
    @Nullable
    MappingHeader read(int lineEnd) {
      int from = cursor.at();
      long start = cursor.hexadecimal();
      boolean separated = cursor.at() > from && cursor.take('-');
      int secondFrom = cursor.at();
      long end = cursor.hexadecimal();
      if (!separated || cursor.at() == secondFrom || !cursor.take(' ') || Long.compareUnsigned(start, end) >= 0) {
        return null;
      }
      return rest(new AddressRange(start, end), lineEnd);
    }

    @Nullable
    private MappingHeader rest(AddressRange range, int lineEnd) {
      String permissions = word();
      int from = cursor.at();
      long offset = cursor.hexadecimal();
      if (permissions.length() != 4 || cursor.at() == from || !cursor.take(' ')) {
        return null;
      }
      String device = word();
      long inode = cursor.decimal();
      if (device.indexOf(':') < 0 || inode < 0 || cursor.at() > lineEnd) {
        return null;
      }
      cursor.skipBlanks();
      return new MappingHeader(range, permissions, offset, device, inode, name(lineEnd));
    }

    private String word() {
      int from = cursor.at();
      int to = Math.min(cursor.find(' '), from + 16);
      cursor.moveTo(to);
      cursor.skipBlanks();
      return texts.text(from, to);
    }

    private String name(int lineEnd) {
      int from = cursor.at();
      String name = texts.text(from, Math.min(lineEnd, from + longestName));
      // The kernel prints a path's line feed as \012 and leaves everything else as it is.
      return name.indexOf('\\') < 0 ? name : name.replace("\\012", "\n");
    }
  }
}
