package io.tare.heapdump.answers;

import io.tare.heapdump.index.DumpIndex;
import io.tare.heapdump.index.HeapClass;
import io.tare.model.heap.NativeOwner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bridge to native bytes: objects that own memory outside the heap, and how much as far as their fields say. */
final class NativeOwners {
  /** A class whose objects own native bytes; {@code bytesField} is empty if no field says how many. */
  private record Known(String kind, String className, String bytesField, String details) {}

  private static final List<Known> KNOWN = List.of(
      new Known("direct buffers", "java.nio.DirectByteBuffer$Deallocator", "size", "malloc behind direct buffers"),
      new Known("mapped files", "sun.nio.ch.FileChannelImpl$Unmapper", "size", "files mapped into memory"),
      new Known("mapped files", "sun.nio.ch.FileChannelImpl$DefaultUnmapper", "size", "files mapped into memory"),
      new Known("mapped files", "sun.nio.ch.FileChannelImpl$SyncUnmapper", "size", "files mapped into memory"),
      new Known("inflaters", "java.util.zip.Inflater$InflaterZStreamRef", "",
          "about 40 KB each, not told by the object"),
      new Known("inflaters", "java.util.zip.Inflater", "", "about 40 KB each, not told by the object"),
      new Known("deflaters", "java.util.zip.Deflater", "", "about 260 KB each, not told by the object"),
      new Known("arenas", "jdk.internal.foreign.NativeMemorySegmentImpl", "length",
          "slices of one arena count more than once"),
      new Known("arenas", "jdk.internal.foreign.MappedMemorySegmentImpl", "length",
          "slices of one mapping count more than once"));

  /** So many objects of a class are asked for their bytes. */
  private static final int MOST_READ = 100_000;

  private final HeapView view;

  NativeOwners(HeapView view) {
    this.view = view;
  }

  List<NativeOwner> list() {
    DumpIndex index = view.graph().index();
    Map<Integer, Known> wanted = new HashMap<>();
    for (HeapClass heapClass : index.classes().all()) {
      KNOWN.stream().filter(known -> known.className().equals(heapClass.name())).findFirst()
          .ifPresent(known -> wanted.put(heapClass.number(), known));
    }
    Map<Integer, long[]> sums = sums(wanted);
    List<NativeOwner> list = new ArrayList<>();
    sums.forEach((number, sum) -> {
      Known known = wanted.get(number);
      if (known != null) {
        list.add(new NativeOwner(known.kind(), known.className(), sum[0], sum[1], known.details()));
      }
    });
    int threads = view.graph().roots().threads().size();
    if (threads > 0) {
      list.add(
          new NativeOwner("thread stacks", "java.lang.Thread", threads, 0, "the ledger of the process says how much"));
    }
    list.sort(Comparator.comparingLong(NativeOwner::nativeBytes).reversed().thenComparing(NativeOwner::className));
    return list;
  }

  private Map<Integer, long[]> sums(Map<Integer, Known> wanted) {
    boolean[] isWanted = new boolean[view.graph().index().classes().count()];
    wanted.keySet().forEach(number -> isWanted[number] = true);
    Map<Integer, List<Long>> objects = new HashMap<>();
    Map<Integer, long[]> sums = new HashMap<>();
    for (int node = 1; node <= view.graph().objects(); node++) {
      int number = view.graph().shapes().classOf(node);
      if (isWanted[number] && view.reach().reached(node)) {
        sums.computeIfAbsent(number, key -> new long[2])[0]++;
        List<Long> ofClass = objects.computeIfAbsent(number, key -> new ArrayList<>());
        if (ofClass.size() < MOST_READ) {
          ofClass.add(view.address(node));
        }
      }
    }
    objects.forEach((number, addresses) -> {
      Known known = wanted.get(number);
      long[] sum = sums.get(number);
      if (known != null && sum != null && !known.bytesField().isEmpty()) {
        view.reader().prefetch(addresses);
        addresses.forEach(address -> sum[1] += view.reader().value(address, known.bytesField()).orElse(0));
      }
    });
    return sums;
  }
}
