package io.tare.model.heap;

import java.util.List;

/**
 * An object, or many small ones of a class together, with what it alone holds.
 *
 * @param address 0 for many objects together
 * @param label what tells it from others of its class: text, name, length; may be empty
 * @param objects 1, or how many are put together
 */
public record DominatorNode(
    long address,
    String className,
    String label,
    long objects,
    long shallowBytes,
    long retainedBytes,
    List<DominatorNode> children) {
  public DominatorNode {
    children = List.copyOf(children);
  }
}
