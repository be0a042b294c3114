package io.tare.model.heap;

import java.util.List;

/**
 * Some of the objects that one object alone holds directly.
 *
 * @param holder its address; 0 stands for the roots
 * @param objects the biggest first
 * @param all how many there are, listed or not
 */
public record HeldObjects(long holder, List<ObjectLine> objects, long all) {
  public HeldObjects {
    objects = List.copyOf(objects);
  }
}
