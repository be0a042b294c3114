package io.tare.yaml.basis;

/** How a node is written. */
public enum Style {
  PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, LITERAL, FOLDED, BLOCK, FLOW
}
