package io.tare.sync.run;

/** How the destination is looked at, so that files that were lost or changed there are brought again. */
public enum Verify {
  /** Not at all: what the state file says was brought is taken to be there. */
  NONE,
  /** Directory by directory: each file has to be there with its size, and its time of change where the destination keeps them. */
  SIZE,
  /** As {@code SIZE}, and every content is read on both sides and compared. */
  HASH
}
