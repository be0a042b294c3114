package io.tare.heap.index;

/** A piece of the file that can be walked on its own, and the lowest and highest address of the objects in it. */
public record Piece(long from, long to, long lowestId, long highestId) {
  boolean mayHold(long id) {
    return id >= lowestId && id <= highestId;
  }
}
