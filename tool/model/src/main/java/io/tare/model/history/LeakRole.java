package io.tare.model.history;

/** What growth of a series means. */
public enum LeakRole {
  /** The program's own memory in use: growth without end is a leak. */
  NET,
  /** Things that are counted: threads, classes, descriptors. Growth without end is a leak. */
  COUNT,
  /** In use or idle can't be told apart: growth is told, and settles nothing. */
  UNCLEAR,
  /** Everything else: growth is told as what it is, and never makes a leak. */
  TARE
}
