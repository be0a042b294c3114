package io.tare.model.jvm;

import io.tare.model.AddressRange;

/** A range of addresses that the JVM owns: what for, which one of its sort, and where. */
public record JvmRegion(Purpose purpose, String name, AddressRange range) {

  /** What a range serves. */
  public enum Purpose {
    /** The reservation of the Java heap, as a whole. */
    HEAP,
    /** Archived objects that were mapped into the heap. */
    HEAP_ARCHIVE,
    CLASS_SPACE,
    /** A node of non-class metaspace. */
    METASPACE,
    /** A code cache segment; the name is its own. */
    CODE,
    CODE_SEGMENT_MAP,
    /** The CDS or AOT archive of classes. */
    CDS,
    /** Archived machine code. */
    AOT_CODE,
    /** A side table of the collector: card table, mark bitmap, remembered sets. */
    GC,
    /** Polling page, performance memory and other single pages of the machine. */
    MACHINERY,
    /** Anything that NMT labels otherwise; the name is NMT's. */
    OTHER
  }
}
