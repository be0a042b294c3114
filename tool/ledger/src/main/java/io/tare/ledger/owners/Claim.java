package io.tare.ledger.owners;

import io.tare.model.AddressRange;

/** A source's word that a range belongs to an owner. Where claims overlap the stronger wins, then the narrower. */
public record Claim(AddressRange range, Owner owner, Strength strength) {
  private static final long PAGE_BYTES = 4096;

  /** Who yields to whom: the weakest claim first. */
  public enum Strength {
    /** A range that somebody labels without knowing what lies in it. */
    LABEL,
    /** A block by its header. Any page may begin with words that look like one: whoever names the range knows better. */
    BLOCK_HEADER,
    /** The heap's reservation: what none of its parts claims. */
    HEAP_RESERVATION,
    /** A node of metaspace: what of it is class space is named by itself. */
    METASPACE_NODE,
    /** A range that a structure names. */
    RANGE,
    /** A part of such a range. */
    PART,
    /** Archived objects that were mapped into a used part of the heap. */
    ARCHIVE_IN_HEAP,
    /** A stack by its control block. */
    STACK_BY_CONTROL_BLOCK,
    /** A stack that a runtime names itself: exact, and it comes with the thread's name. */
    STACK
  }

  /** A claim on whole pages: an owner's last, half-filled page is the owner's. */
  public static Claim ofPages(AddressRange range, Owner owner, Strength strength) {
    return new Claim(wholePages(range), owner, strength);
  }

  public static AddressRange wholePages(AddressRange range) {
    return new AddressRange(range.start() & -PAGE_BYTES, (range.end() + PAGE_BYTES - 1) & -PAGE_BYTES);
  }
}
