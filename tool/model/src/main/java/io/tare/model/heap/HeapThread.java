package io.tare.model.heap;

import java.util.List;

/**
 * A thread with its stack and what it holds.
 *
 * @param virtual whether it is a virtual thread, mounted or not
 * @param threadLocalBytes what its thread-locals hold
 */
public record HeapThread(
    long address,
    String name,
    boolean virtual,
    long retainedBytes,
    long threadLocalBytes,
    List<Frame> frames) {
  public HeapThread {
    frames = List.copyOf(frames);
  }

  /** One frame, innermost first, and the objects that its local variables refer to. */
  public record Frame(String method, List<Local> locals) {
    public Frame {
      locals = List.copyOf(locals);
    }
  }

  /** An object that a local variable refers to. */
  public record Local(long address, String className, long retainedBytes) {}
}
