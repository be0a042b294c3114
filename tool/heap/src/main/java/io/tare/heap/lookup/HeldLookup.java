package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.model.heap.HeldObjects;
import io.tare.model.heap.ObjectLine;
import java.util.List;

/** What one object alone holds directly, the biggest first, some at a time: a step into the dominator tree. */
public final class HeldLookup {
  private HeldLookup() {}

  /**
   * The objects from this one on.
   *
   * @param address 0 for what no single object holds
   * @throws NotInDump if there is no such object
   */
  public static HeldObjects of(long address, int from, int count, HeapView view) throws NotInDump {
    int holder = address == 0 ? 0 : view.node(address);
    if (address != 0 && holder == 0) {
      throw new NotInDump("there is no object at 0x" + Long.toHexString(address) + " in this dump");
    }
    BiggestObjects biggest = new BiggestObjects(view, from + count);
    long[] all = new long[1];
    if (holder == 0 || view.reach().reached(holder)) {
      view.tree().dominated(holder).forEach(node -> {
        all[0]++;
        biggest.add(node);
      });
    }
    List<Integer> shown = biggest.list().stream().skip(from).toList();
    Labels labels = new Labels(view.reader());
    labels.prefetch(shown.stream().map(view::address).toList());
    List<ObjectLine> lines = shown.stream().map(node -> ObjectLookup.line(node, view, labels)).toList();
    return new HeldObjects(address, lines, all[0]);
  }
}
