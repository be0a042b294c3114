package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.hotspot.JvmLibrary.JvmSymbols;
import io.tare.capture.memory.hotspot.StructTables.TableReader;
import io.tare.formats.Parsed;
import io.tare.model.jvm.JvmLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the structure tables of a JVM that never was into a {@link FakeMemory}: {@code jvm.field("A", "_b", 8).type("A", 16)}. Its
 * entries are laid out as no HotSpot does it, because a reader must take the layout from the symbols.
 */
final class FakeJvm {
  private static final long STRUCTS = 0x100000;
  private static final long TYPES = 0x200000;
  private static final long CONSTANTS = 0x300000;
  private static final long TEXTS = 0x400000;
  private static final long VARIABLES = 0x500000;
  private static final long FLAGS = 0x600000;
  private static final int STRIDE = 72;
  private static final int FLAG_BYTES = 40;

  private final FakeMemory memory;
  private final Map<String, Long> symbols = new HashMap<>();
  private long fields;
  private long types;
  private long constants;
  private long text = TEXTS;
  private long variable = VARIABLES;
  private long flags;

  FakeJvm(FakeMemory memory) {
    this.memory = memory;
    symbol("gHotSpotVMStructs", STRUCTS);
    symbol("gHotSpotVMTypes", TYPES);
    symbol("gHotSpotVMIntConstants", CONSTANTS);
    offsets("gHotSpotVMStructEntry", Map.of("TypeNameOffset", 64L, "FieldNameOffset", 0L, "TypeStringOffset", 8L,
        "IsStaticOffset", 20L, "OffsetOffset", 24L, "AddressOffset", 40L));
    offsets("gHotSpotVMTypeEntry", Map.of("TypeNameOffset", 8L, "SuperclassNameOffset", 32L, "SizeOffset", 48L));
    offsets("gHotSpotVMIntConstantEntry", Map.of("NameOffset", 16L, "ValueOffset", 4L));
    memory.zeros(STRUCTS, STRIDE).zeros(TYPES, STRIDE).zeros(CONSTANTS, STRIDE);
  }

  private void offsets(String prefix, Map<String, Long> offsets) {
    offsets.forEach((suffix, value) -> symbol(prefix + suffix, value));
    symbol(prefix + "ArrayStride", STRIDE);
  }

  /** A variable of the library. */
  FakeJvm symbol(String name, long value) {
    symbols.put(name, variable);
    memory.u64(variable, value);
    variable += 8;
    return this;
  }

  private long text(String value) {
    long at = text;
    memory.text(at, value);
    text += value.length() + 1;
    return at;
  }

  FakeJvm field(String type, String name, long offset) {
    return entry(type, name, 0, offset, 0);
  }

  /** A static field, of which the fake keeps the value. */
  FakeJvm staticField(String type, String name, long value) {
    long address = variable;
    memory.u64(address, value);
    variable += 8;
    return entry(type, name, 1, 0, address);
  }

  private FakeJvm entry(String type, String name, int isStatic, long offset, long address) {
    long entry = STRUCTS + STRIDE * fields++;
    memory.u64(entry, text(name)).u64(entry + 8, 0).u32(entry + 20, isStatic).u64(entry + 24, offset)
        .u64(entry + 40, address).u64(entry + 64, text(type)).zeros(entry + STRIDE, STRIDE);
    return this;
  }

  FakeJvm type(String name, long bytes) {
    long entry = TYPES + STRIDE * types++;
    memory.u64(entry + 8, text(name)).u64(entry + 32, 0).u64(entry + 48, bytes).zeros(entry + STRIDE, STRIDE);
    return this;
  }

  FakeJvm constant(String name, int value) {
    long entry = CONSTANTS + STRIDE * constants++;
    memory.u64(entry + 16, text(name)).u32(entry + 4, value).zeros(entry + STRIDE, STRIDE);
    return this;
  }

  /** A flag of type size_t. */
  FakeJvm flag(String name, long value) {
    return flag(name, 6, value);
  }

  FakeJvm flag(String name, boolean value) {
    return flag(name, 0, value ? 1 : 0);
  }

  private FakeJvm flag(String name, int type, long value) {
    long flag = FLAGS + FLAG_BYTES * flags++;
    memory.u64(flag, variable).u64(flag + 8, text(name)).u32(flag + 16, 1).u32(flag + 20, type).zeros(flag, FLAG_BYTES);
    memory.u64(variable, value);
    variable += 8;
    return this;
  }

  /** Call it after the last flag. */
  FakeJvm flagTable() {
    return staticField("JVMFlag", "flags", FLAGS).staticField("JVMFlag", "numFlags", flags).type("JVMFlag", FLAG_BYTES)
        .field("JVMFlag", "_addr", 0).field("JVMFlag", "_name", 8).field("JVMFlag", "_flags", 16)
        .field("JVMFlag", "_type", 20);
  }

  /** As the walks see it. */
  Vm vm() throws Unreadable {
    JvmSymbols known = new JvmSymbols(symbols);
    StructTables tables = new TableReader(memory, known, HotspotLimits.DEFAULT).read(new Layout());
    return new Vm(memory, new MappingIndex(memory.smaps()), tables, known, HotspotLimits.DEFAULT);
  }

  Parsed<JvmLayout> read() {
    return read(HotspotLimits.DEFAULT);
  }

  Parsed<JvmLayout> read(HotspotLimits limits) {
    return HotspotTables.read(memory, new MappingIndex(memory.smaps()), new JvmSymbols(symbols), limits);
  }

  FakeMemory memory() {
    return memory;
  }
}
