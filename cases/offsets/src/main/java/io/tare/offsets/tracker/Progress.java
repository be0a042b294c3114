package io.tare.offsets.tracker;

/** How far one message is. */
public enum Progress {
  NOT_RECEIVED, IN_FLIGHT, DONE
}
