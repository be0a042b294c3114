package io.tare.model.heap;

import java.util.List;

/**
 * A step that the ways from the roots to many objects have in common.
 *
 * @param reference how the step before refers to it; for the first one what kind of root it is
 * @param label of a class object or thread; may be empty
 * @param objects of those asked for, how many lie behind this step
 * @param children most objects first
 * @param childrenLeftOut how many objects lie behind steps that are not listed
 */
public record PathNode(
    String reference,
    String className,
    String label,
    long objects,
    List<PathNode> children,
    long childrenLeftOut) {
  public PathNode {
    children = List.copyOf(children);
  }
}
