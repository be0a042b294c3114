package io.tare.heap.hprof;

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
}
