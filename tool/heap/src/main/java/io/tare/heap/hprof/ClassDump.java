package io.tare.heap.hprof;

import io.tare.heap.hprof.HeapWalker.Malformed;
import java.util.ArrayList;
import java.util.List;

/** One class as the dump has it: who it belongs to, its static values and the fields of its instances, own ones only. */
public record ClassDump(
    long id,
    long superId,
    long loaderId,
    long signersId,
    long protectionDomainId,
    List<Long> constantIds,
    List<StaticField> statics,
    List<Field> fields) {

  /** A field of the instances. */
  public record Field(long nameId, int type) {}

  /** A static field with its value: an object id, or a number not wider than its type. */
  public record StaticField(long nameId, int type, long value) {}

  /** Reads the body of a class dump record. */
  static final class ClassDumpReader {
    private final Window window;
    private final int idBytes;

    ClassDumpReader(Window window) {
      this.window = window;
      this.idBytes = window.idBytes();
    }

    ClassDump read() {
      need(7 * idBytes + 10);
      long id = window.id();
      window.skip(4);
      long superId = window.id();
      long loaderId = window.id();
      long signersId = window.id();
      long protectionDomainId = window.id();
      window.skip(2L * idBytes + 4);
      List<Long> constants = constants();
      return new ClassDump(id, superId, loaderId, signersId, protectionDomainId, constants, statics(), fields());
    }

    private List<Long> constants() {
      List<Long> ids = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        need(3);
        window.skip(2);
        int type = window.u1();
        long value = value(type);
        if (type == BasicType.OBJECT && value != 0) {
          ids.add(value);
        }
      }
      return ids;
    }

    private List<ClassDump.StaticField> statics() {
      List<ClassDump.StaticField> statics = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        need(idBytes + 1);
        long nameId = window.id();
        int type = window.u1();
        statics.add(new ClassDump.StaticField(nameId, type, value(type)));
      }
      return statics;
    }

    private List<ClassDump.Field> fields() {
      List<ClassDump.Field> fields = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        need(idBytes + 1);
        long nameId = window.id();
        int type = window.u1();
        if (BasicType.bytes(type, idBytes) == 0) {
          throw new Malformed(window.position() - 1, "no such field type: " + type);
        }
        fields.add(new ClassDump.Field(nameId, type));
      }
      return fields;
    }

    private long value(int type) {
      int bytes = BasicType.bytes(type, idBytes);
      need(Math.max(bytes, 1));
      return switch (bytes) {
        case 1 -> (byte) window.u1();
        case 2 -> window.u2();
        case 4 -> type == BasicType.OBJECT ? window.u4() : window.i4();
        case 8 -> window.i8();
        default -> throw new Malformed(window.position() - 1, "no such value type: " + type);
      };
    }

    private int count() {
      need(2);
      return window.u2();
    }

    private void need(int bytes) {
      if (!window.has(bytes)) {
        throw new Malformed(window.position(), "the dump ends inside a class");
      }
    }
  }
}
