package io.tare.heap.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes a file of named sections, to be mapped by {@link Sections}: a header of a fixed size, the sections, a table of their names. The
 * header comes last, so that a file whose writer was stopped is none.
 */
public final class SectionWriter {
  private static final long PIECE = 4 << 20;
  private static final byte[] PADDING = new byte[Sections.ALIGNMENT];

  private record Entry(String name, long at, long bytes) {}

  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private final List<Entry> entries = new ArrayList<>();
  private long at = Sections.HEADER_BYTES;

  public SectionWriter(FileChannel channel) {
    this.channel = channel;
  }

  public void add(String name, MemorySegment content) throws IOException {
    entries.add(new Entry(name, at, content.byteSize()));
    for (long from = 0; from < content.byteSize(); from += PIECE) {
      write(content.asSlice(from, Math.min(PIECE, content.byteSize() - from)).asByteBuffer());
    }
    write(ByteBuffer.wrap(PADDING, 0, (int) (-at & (Sections.ALIGNMENT - 1))));
  }

  public void add(String name, Packed.Out content) throws IOException {
    add(name, MemorySegment.ofArray(content.bytes()));
  }

  private void write(ByteBuffer content) throws IOException {
    checksum.update(content.duplicate());
    while (content.hasRemaining()) {
      at += channel.write(content, at);
    }
  }

  /** Writes the table and the header. Returns how long the file is. */
  public long finish(String stamp) throws IOException {
    Packed.Out table = new Packed.Out();
    table.text(stamp);
    table.text(Sections.boot());
    table.i4(entries.size());
    for (Entry entry : entries) {
      table.text(entry.name());
      table.i8(entry.at());
      table.i8(entry.bytes());
    }
    long tableAt = at;
    write(ByteBuffer.wrap(table.bytes()));
    ByteBuffer header = new Sections.Header(at, tableAt, System.currentTimeMillis(), (int) checksum.getValue(),
        Sections.checksum(ByteBuffer.wrap(table.bytes()))).bytes();
    while (header.hasRemaining()) {
      channel.write(header, header.position());
    }
    return at;
  }
}
