package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.hotspot.JvmLibrary.JvmSymbols;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What the tables say: fields by {@code Type._field}, types by name, constants by name.
 */
record StructTables(Map<String, Field> fields, Map<String, Type> types, Map<String, Long> constants) {
  StructTables {
    fields = Map.copyOf(fields);
    types = Map.copyOf(types);
    constants = Map.copyOf(constants);
  }

  /** One field and its C++ type; a static one has an address, another an offset in its object. */
  record Field(String type, boolean isStatic, long offset, long address) {}

  /** One type with its super type, which may be empty. */
  record Type(String name, String superType, long bytes) {}

  /** The first of the names that the tables have: a field moved or was renamed from one JDK to another. */
  Optional<Field> field(String... names) {
    for (String name : names) {
      Field field = fields.get(name);
      if (field != null) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads the tables, with the layout of their entries as the library itself exports it ({@code gHotSpotVMStructEntry…Offset},
   * {@code …ArrayStride}).
   */
  static final class TableReader {
    private static final int MOST_STRIDE = 4096;
    private static final int ENTRIES_AT_ONCE = 64;

    private final ProcessMemory memory;
    private final JvmSymbols symbols;
    private final HotspotLimits limits;
    private final Strings strings;
    private final Map<Long, String> texts = new HashMap<>();

    TableReader(ProcessMemory memory, JvmSymbols symbols, HotspotLimits limits) {
      this.memory = memory;
      this.symbols = symbols;
      this.limits = limits;
      this.strings = new Strings(memory, limits.textLength());
    }

    StructTables read(Layout layout) throws Unreadable {
      Map<String, StructTables.Field> fields = fields();
      Map<String, StructTables.Type> types = new HashMap<>();
      Map<String, Long> constants = new HashMap<>();
      try {
        types(types);
        constants(constants);
      } catch (Unreadable incomplete) {
        layout.problem("tables", incomplete);
      }
      return new StructTables(fields, types, constants);
    }

    private Map<String, StructTables.Field> fields() throws Unreadable {
      Map<String, StructTables.Field> fields = new HashMap<>();
      Table table = new Table("gHotSpotVMStructs", "gHotSpotVMStructEntry");
      int typeAt = table.offset("TypeNameOffset", Long.BYTES);
      int nameAt = table.offset("FieldNameOffset", Long.BYTES);
      int fieldTypeAt = table.offset("TypeStringOffset", Long.BYTES);
      int staticAt = table.offset("IsStaticOffset", Integer.BYTES);
      int offsetAt = table.offset("OffsetOffset", Long.BYTES);
      int addressAt = table.offset("AddressOffset", Long.BYTES);
      table.walk(typeAt, entry -> {
        Optional<String> type = text(entry.getLong(typeAt));
        Optional<String> name = text(entry.getLong(nameAt));
        if (type.isPresent() && name.isPresent()) {
          fields.put(type.get() + '.' + name.get(), new StructTables.Field(text(entry.getLong(fieldTypeAt)).orElse(""),
              entry.getInt(staticAt) != 0, entry.getLong(offsetAt), entry.getLong(addressAt)));
        }
      });
      return fields;
    }

    private void types(Map<String, StructTables.Type> into) throws Unreadable {
      Table table = new Table("gHotSpotVMTypes", "gHotSpotVMTypeEntry");
      int nameAt = table.offset("TypeNameOffset", Long.BYTES);
      int superAt = table.offset("SuperclassNameOffset", Long.BYTES);
      int sizeAt = table.offset("SizeOffset", Long.BYTES);
      table.walk(nameAt, entry -> text(entry.getLong(nameAt)).ifPresent(name -> into.put(name,
          new StructTables.Type(name, text(entry.getLong(superAt)).orElse(""), entry.getLong(sizeAt)))));
    }

    private void constants(Map<String, Long> into) throws Unreadable {
      Table table = new Table("gHotSpotVMIntConstants", "gHotSpotVMIntConstantEntry");
      int nameAt = table.offset("NameOffset", Long.BYTES);
      int valueAt = table.offset("ValueOffset", Integer.BYTES);
      table.walk(nameAt, entry -> text(entry.getLong(nameAt))
          .ifPresent(constant -> into.put(constant, (long) entry.getInt(valueAt))));
    }

    private Optional<String> text(long address) {
      if (address == 0) {
        return Optional.empty();
      }
      String known = texts.get(address);
      if (known == null) {
        known = strings.at(address).orElse("");
        texts.put(address, known);
      }
      return known.isEmpty() ? Optional.empty() : Optional.of(known);
    }

    private long variable(String symbol) throws Unreadable {
      OptionalLong address = symbols.address(symbol);
      if (address.isEmpty()) {
        throw new Unreadable("the library exports no " + symbol);
      }
      OptionalLong value = memory.u64(address.getAsLong());
      if (value.isEmpty()) {
        throw Unreadable.at(symbol, address.getAsLong());
      }
      return value.getAsLong();
    }

    /** One table: where it begins, and how its entries are laid out. */
    private final class Table {
      private final String name;
      private final String prefix;
      private final int stride;

      Table(String name, String prefix) throws Unreadable {
        this.name = name;
        this.prefix = prefix;
        long value = variable(prefix + "ArrayStride");
        if (value < Long.BYTES || value > MOST_STRIDE) {
          throw new Unreadable(prefix + "ArrayStride is " + value);
        }
        this.stride = (int) value;
      }

      int offset(String suffix, int bytes) throws Unreadable {
        long value = variable(prefix + suffix);
        if (value < 0 || value > stride - bytes) {
          throw new Unreadable(prefix + suffix + " is " + value);
        }
        return (int) value;
      }

      /** Visits the entries up to the one without a name. */
      void walk(int nameAt, Consumer<ByteBuffer> visitor) throws Unreadable {
        long at = variable(name);
        for (int count = 0; count < limits.tableEntries();) {
          ByteBuffer entries = block(at);
          at += entries.limit();
          for (int i = 0; i + stride <= entries.limit(); i += stride, count++) {
            ByteBuffer entry = entries.slice(i, stride).order(entries.order());
            if (entry.getLong(nameAt) == 0) {
              return;
            }
            visitor.accept(entry);
          }
        }
        throw new Unreadable(name + " has more than " + limits.tableEntries() + " entries");
      }

      /** Several entries; near the end of what can be read a single one. */
      private ByteBuffer block(long at) throws Unreadable {
        Optional<byte[]> bytes = memory.read(at, ENTRIES_AT_ONCE * stride).or(() -> memory.read(at, stride));
        if (bytes.isEmpty()) {
          throw Unreadable.at(name, at);
        }
        return ProcessMemory.inOrder(bytes.get());
      }
    }
  }

  /** Reads many short strings that lie close together, as the names in a library do: each page is fetched once. */
  static final class Strings {
    private static final int MOST_PAGES = 4_096;

    private final ProcessMemory memory;
    private final int longest;
    private final int pageBytes;
    private final Map<Long, byte[]> pages = new HashMap<>();

    Strings(ProcessMemory memory, int longest) {
      this.memory = memory;
      this.longest = longest;
      this.pageBytes = memory.pageBytes();
    }

    Optional<String> at(long address) {
      int from = (int) (address & (pageBytes - 1));
      byte[] page = page(address - from);
      int most = Math.min(page.length, from + longest);
      for (int i = from; i < most; i++) {
        if (page[i] == 0) {
          return Optional.of(new String(page, from, i - from, StandardCharsets.ISO_8859_1));
        }
      }
      return memory.cString(address, longest);
    }

    private byte[] page(long start) {
      byte[] known = pages.get(start);
      if (known == null) {
        if (pages.size() >= MOST_PAGES) {
          pages.clear();
        }
        known = memory.read(start, pageBytes).orElse(new byte[0]);
        pages.put(start, known);
      }
      return known;
    }
  }
}
