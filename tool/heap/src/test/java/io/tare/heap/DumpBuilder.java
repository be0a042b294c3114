package io.tare.heap;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor.Root;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes heap dumps for tests: classes, objects, roots, in words. */
public final class DumpBuilder {
  /** A field of a class, and its value if it is a static one. */
  public record Field(String name, int type, long value) {}

  private final int idBytes;
  private String version = "1.0.2";
  private int objectsPerSegment = 1000;
  private boolean segmented = true;
  private final Map<String, Long> names = new HashMap<>();
  private final Map<Long, List<Field>> fields = new HashMap<>();
  private final Map<Long, Long> supers = new HashMap<>();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final ByteArrayOutputStream classes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stacks = new ByteArrayOutputStream();
  private final List<byte[]> heap = new ArrayList<>();
  private long nextAddress = 0x10000;
  private int serial;

  private DumpBuilder(int idBytes) {
    this.idBytes = idBytes;
  }

  public static DumpBuilder withIdsOf(int bytes) {
    return new DumpBuilder(bytes);
  }

  public DumpBuilder version(String text) {
    version = text;
    return this;
  }

  public DumpBuilder objectsPerSegment(int count) {
    objectsPerSegment = count;
    return this;
  }

  /** One record without an end mark, as version 1.0.1 has it. */
  public DumpBuilder unsegmented() {
    segmented = false;
    return this;
  }

  /** An address for an object that is written later. */
  public long address(int bytes) {
    long address = nextAddress;
    nextAddress += (bytes + 7L) / 8 * 8;
    return address;
  }

  public void skipAddressesTo(long address) {
    nextAddress = address;
  }

  public long addClass(String name, long superId, Field... own) {
    return addClass(address(96), name, superId, 0, List.of(), List.of(own));
  }

  public long addClass(long id, String name, long superId, long loaderId, List<Field> statics, List<Field> own) {
    record(classes, 0x02, out -> {
      out.writeInt(++serial);
      id(out, id);
      out.writeInt(0);
      id(out, name(name.replace('.', '/')));
    });
    fields.put(id, own);
    supers.put(id, superId);
    heap.add(bytes(out -> {
      out.writeByte(0x20);
      id(out, id);
      out.writeInt(0);
      id(out, superId);
      id(out, loaderId);
      for (int i = 0; i < 4; i++) {
        id(out, 0);
      }
      out.writeInt(0);
      out.writeShort(0);
      out.writeShort(statics.size());
      for (Field field : statics) {
        id(out, name(field.name()));
        out.writeByte(field.type());
        value(out, field.type(), field.value());
      }
      out.writeShort(own.size());
      for (Field field : own) {
        id(out, name(field.name()));
        out.writeByte(field.type());
      }
    }));
    return id;
  }

  public static Field reference(String name) {
    return new Field(name, BasicType.OBJECT, 0);
  }

  public static Field number(String name) {
    return new Field(name, BasicType.INT, 0);
  }

  public static Field staticReference(String name, long id) {
    return new Field(name, BasicType.OBJECT, id);
  }

  public long instance(long classId, long... values) {
    return instanceAt(address(16 + 4 * values.length), classId, values);
  }

  /** The values of the class's own fields first, then those of its super-classes. */
  public long instanceAt(long id, long classId, long... values) {
    heap.add(bytes(out -> {
      byte[] body = bytes(values(classId, values));
      out.writeByte(0x21);
      id(out, id);
      out.writeInt(0);
      id(out, classId);
      out.writeInt(body.length);
      out.write(body);
    }));
    return id;
  }

  private Writer values(long classId, long[] values) {
    return out -> {
      int at = 0;
      for (long type = classId; type != 0 && fields.containsKey(type); type = supers.get(type)) {
        for (Field field : fields.get(type)) {
          value(out, field.type(), at < values.length ? values[at] : 0);
          at++;
        }
      }
    };
  }

  public long objectArray(long classId, long... elements) {
    return objectArrayAt(address(16 + 4 * elements.length), classId, elements);
  }

  public long objectArrayAt(long id, long classId, long... elements) {
    heap.add(bytes(out -> {
      out.writeByte(0x22);
      id(out, id);
      out.writeInt(0);
      out.writeInt(elements.length);
      id(out, classId);
      for (long element : elements) {
        id(out, element);
      }
    }));
    return id;
  }

  public long byteArray(byte... elements) {
    long id = address(16 + elements.length);
    heap.add(bytes(out -> {
      out.writeByte(0x23);
      id(out, id);
      out.writeInt(0);
      out.writeInt(elements.length);
      out.writeByte(BasicType.BYTE);
      out.write(elements);
    }));
    return id;
  }

  public DumpBuilder root(Root.Kind kind, long id) {
    return root(kind, id, 0, 0);
  }

  public DumpBuilder root(Root.Kind kind, long id, int thread, int frame) {
    heap.add(bytes(out -> {
      out.writeByte(switch (kind) {
        case JNI_GLOBAL -> 0x01;
        case JNI_LOCAL -> 0x02;
        case JAVA_FRAME -> 0x03;
        case STICKY_CLASS -> 0x05;
        case MONITOR -> 0x07;
        case THREAD -> 0x08;
        case INTERNED_STRING -> 0x89;
        default -> 0xff;
      });
      id(out, id);
      switch (kind) {
        case JNI_GLOBAL -> id(out, 0);
        case JNI_LOCAL, JAVA_FRAME, THREAD -> {
          out.writeInt(thread);
          out.writeInt(frame);
        }
        default -> {
        }
      }
    }));
    return this;
  }

  /** A stack of one thread, innermost frame first, each {@code Class.method}. */
  public DumpBuilder stack(int traceSerial, int thread, String... frames) {
    List<Long> ids = new ArrayList<>();
    for (String frame : frames) {
      long id = name("frame " + frame + ids.size() + traceSerial);
      ids.add(id);
      record(stacks, 0x04, out -> {
        id(out, id);
        id(out, name(frame));
        id(out, name("()V"));
        id(out, name("Source.java"));
        out.writeInt(1);
        out.writeInt(7);
      });
    }
    record(stacks, 0x05, out -> {
      out.writeInt(traceSerial);
      out.writeInt(thread);
      out.writeInt(ids.size());
      for (long id : ids) {
        id(out, id);
      }
    });
    return this;
  }

  public byte[] toBytes() {
    return bytes(out -> {
      out.write(("JAVA PROFILE " + version).getBytes(StandardCharsets.US_ASCII));
      out.writeByte(0);
      out.writeInt(idBytes);
      out.writeLong(1_700_000_000_000L);
      out.write(strings.toByteArray());
      out.write(classes.toByteArray());
      out.write(stacks.toByteArray());
      for (int from = 0; from < heap.size(); from += segmented ? objectsPerSegment : heap.size()) {
        int to = segmented ? Math.min(heap.size(), from + objectsPerSegment) : heap.size();
        List<byte[]> part = heap.subList(from, to);
        out.writeByte(segmented ? 0x1c : 0x0c);
        out.writeInt(0);
        out.writeInt(part.stream().mapToInt(bytes -> bytes.length).sum());
        for (byte[] one : part) {
          out.write(one);
        }
      }
      if (segmented) {
        out.writeByte(0x2c);
        out.writeInt(0);
        out.writeInt(0);
      }
    });
  }

  public Path writeTo(Path file) {
    try {
      return Files.write(file, toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long name(String text) {
    Long known = names.get(text);
    if (known != null) {
      return known;
    }
    long id = 1 + names.size();
    names.put(text, id);
    record(strings, 0x01, out -> {
      id(out, id);
      out.write(text.getBytes(StandardCharsets.UTF_8));
    });
    return id;
  }

  private void id(DataOutputStream out, long id) throws IOException {
    if (idBytes == 8) {
      out.writeLong(id);
    } else {
      out.writeInt((int) id);
    }
  }

  private void value(DataOutputStream out, int type, long value) throws IOException {
    switch (BasicType.bytes(type, idBytes)) {
      case 1 -> out.writeByte((int) value);
      case 2 -> out.writeShort((int) value);
      case 4 -> out.writeInt((int) value);
      default -> out.writeLong(value);
    }
  }

  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void record(ByteArrayOutputStream into, int tag, Writer body) {
    byte[] content = bytes(body);
    into.writeBytes(bytes(out -> {
      out.writeByte(tag);
      out.writeInt(0);
      out.writeInt(content.length);
      out.write(content);
    }));
  }
}
