package io.tare.model.heap;

import java.util.OptionalLong;

/**
 * One kind of native memory as the heap and as the process tell it.
 *
 * @param objects owners in the heap
 * @param heapBytes as the owners' fields say; empty if they don't say
 * @param processBytes as the process says; empty if it does not
 * @param counterpart where the process's number is from
 * @param meaning what the comparison tells, in a sentence
 */
public record NativeLine(
    String what, long objects, OptionalLong heapBytes, OptionalLong processBytes, String counterpart, String meaning) {}
