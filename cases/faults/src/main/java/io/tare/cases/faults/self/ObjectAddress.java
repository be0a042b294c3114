package io.tare.cases.faults.self;

/** Where an object may lie: the JVM stores references whole, or as 32 bits that count bytes or groups of eight bytes. */
final class ObjectAddress {
  private ObjectAddress() {}

  static long[] candidates(Object object) {
    long bits = RawMemory.referenceBits(new Object[] {object});
    return RawMemory.referenceSize() == 4 ? new long[] {bits, bits << 3} : new long[] {bits};
  }
}
