package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.util.Optional;

/**
 * The heap's pages by state, from the allocator's bits.
 *
 * @param idleResidentBytes free pages that are present
 * @param unreadBytes chunks whose bits could not be read
 */
record HeapPages(long allocatedBytes, long idleBytes, long returnedBytes, long idleResidentBytes, long unreadBytes) {

  static HeapPages count(ProcessMemory memory, PageAllocator pages) {
    HeapPages sum = new HeapPages(0, 0, 0, 0, 0);
    for (AddressRange arena : pages.arenas()) {
      for (long chunk = arena.start(); chunk < arena.end(); chunk += PageAllocator.CHUNK_BYTES) {
        Optional<ChunkBits> bits = ChunkBits.read(memory, pages, chunk);
        sum = sum.plus(bits.map(found -> of(memory, found))
            .orElseGet(() -> new HeapPages(0, 0, 0, 0, PageAllocator.CHUNK_BYTES)));
      }
    }
    return sum;
  }

  private static HeapPages of(ProcessMemory memory, ChunkBits bits) {
    long resident = 0;
    for (AddressRange free : bits.freeRanges()) {
      resident += memory.presentRuns(free).stream().mapToLong(AddressRange::bytes).sum();
    }
    return new HeapPages(bits.allocatedBytes(), bits.idleBytes(), bits.returnedBytes(), resident, 0);
  }

  private HeapPages plus(HeapPages other) {
    return new HeapPages(allocatedBytes + other.allocatedBytes, idleBytes + other.idleBytes,
        returnedBytes + other.returnedBytes, idleResidentBytes + other.idleResidentBytes,
        unreadBytes + other.unreadBytes);
  }
}
