package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the tables, with the layout of their entries as the library itself exports it ({@code gHotSpotVMStructEntry…Offset},
 * {@code …ArrayStride}).
 */
final class TableReader {
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
