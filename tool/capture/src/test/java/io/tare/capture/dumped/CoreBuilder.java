package io.tare.capture.dumped;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes core files as the kernel does: the header, the list of segments, the notes, then the content of the mappings. */
public final class CoreBuilder {
  public static final int PAGE = 4096;

  private record Part(long start, long bytes, int flags, byte[] content) {}

  private record Mapped(long start, long end, long page, String path) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Mapped> files = new ArrayList<>();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  /** A mapping of which only this much is written down. */
  public CoreBuilder mapping(long start, long bytes, int flags, byte[] content) {
    parts.add(new Part(start, bytes, flags, content));
    return this;
  }

  public CoreBuilder file(long start, long bytes, long page, String path) {
    files.add(new Mapped(start, start + bytes, page, path));
    return this;
  }

  public CoreBuilder process(int pid, String name, int... threads) {
    ByteBuffer process = buffer(136);
    process.putInt(24, pid).put(40, name.getBytes(StandardCharsets.ISO_8859_1));
    note(3, process);
    for (int thread : threads) {
      note(1, buffer(336).putInt(32, thread));
    }
    return this;
  }

  public CoreBuilder signal(int number) {
    note(0x53494749, buffer(128).putInt(0, number));
    return this;
  }

  /** Alternating keys and values of what the kernel tells a program. */
  public CoreBuilder auxiliary(long... keysAndValues) {
    ByteBuffer vector = buffer(8 * keysAndValues.length);
    vector.asLongBuffer().put(keysAndValues);
    note(6, vector);
    return this;
  }

  public Path write(Path file) throws IOException {
    if (!files.isEmpty()) {
      note(0x46494c45, listOfFiles());
    }
    int headers = 64 + 56 * (parts.size() + 1);
    ByteBuffer head = buffer(headers);
    head.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1).putShort(16, (short) 4).putShort(18,
        (short) 62);
    head.putLong(32, 64).putShort(52, (short) 64).putShort(54, (short) 56).putShort(56, (short) (parts.size() + 1));
    segment(head, 64, 4, new long[] {0, headers, 0, notes.size(), 0});
    long at = headers + notes.size();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      segment(head, 64 + 56 * (i + 1), 1,
          new long[] {part.flags(), at, part.start(), part.content().length, part.bytes()});
      at += part.content().length;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head.array());
    notes.writeTo(all);
    for (Part part : parts) {
      all.write(part.content());
    }
    return Files.write(file, all.toByteArray());
  }

  /** @param of flags, offset, address, bytes in the file, bytes in memory */
  private static void segment(ByteBuffer head, int at, int type, long[] of) {
    head.putInt(at, type).putInt(at + 4, (int) of[0]).putLong(at + 8, of[1]).putLong(at + 16, of[2])
        .putLong(at + 32, of[3])
        .putLong(at + 40, of[4]);
  }

  private ByteBuffer listOfFiles() {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    files.forEach(file -> names.writeBytes((file.path() + "\0").getBytes(StandardCharsets.ISO_8859_1)));
    ByteBuffer list = buffer(16 + 24 * files.size() + names.size());
    list.putLong(files.size()).putLong(PAGE);
    files.forEach(file -> list.putLong(file.start()).putLong(file.end()).putLong(file.page()));
    return list.put(names.toByteArray());
  }

  private void note(int type, ByteBuffer content) {
    ByteBuffer head = buffer(20).putInt(5).putInt(content.capacity()).putInt(type)
        .put("CORE\0".getBytes(StandardCharsets.ISO_8859_1));
    notes.writeBytes(head.array());
    notes.writeBytes(content.array());
    notes.writeBytes(new byte[-content.capacity() & 3]);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
