package io.tare.cases.faults.self;

import java.util.List;

/** The mappings that this JVM's heap lies in: the memory file that ZGC maps, or the run of mappings around any object. */
public record OwnHeap(List<OwnMapping> mappings) {
  /** ZGC of 17 maps it three times, so that each page of it can be resident three times. */
  private static final String MEMORY_FILE = "/memfd:java_heap";

  public OwnHeap {
    mappings = List.copyOf(mappings);
  }

  public static OwnHeap in(OwnMappings all) {
    List<OwnMapping> memoryFile = all.matching(mapping -> mapping.path().startsWith(MEMORY_FILE));
    return new OwnHeap(memoryFile.isEmpty() ? aroundAnObject(all) : memoryFile);
  }

  private static List<OwnMapping> aroundAnObject(OwnMappings all) {
    Object object = new Object();
    for (long address : ObjectAddress.candidates(object)) {
      List<OwnMapping> run = all.run(address);
      long size = run.stream().mapToLong(OwnMapping::size).sum();
      if (size >= Runtime.getRuntime().totalMemory() * 3 / 4) {
        return run;
      }
    }
    return List.of();
  }

  public boolean found() {
    return !mappings.isEmpty();
  }

  /** Resident bytes, each page once, without what is mapped from a class-data archive. */
  public long residentBytes() {
    return mappings.stream().filter(mapping -> !isArchive(mapping))
        .mapToLong(mapping -> inMemoryFile(mapping) ? mapping.resident().pss() : mapping.resident().rss()).sum();
  }

  /** What RSS counts again because the same page is mapped more than once. */
  public long duplicateBytes() {
    return mappings.stream().filter(OwnHeap::inMemoryFile)
        .mapToLong(mapping -> mapping.resident().rss() - mapping.resident().pss()).sum();
  }

  /** The part of the heap that is mapped from a class-data archive: objects that the JDK brings with it. */
  public long archiveBytes() {
    return mappings.stream().filter(OwnHeap::isArchive).mapToLong(OwnMapping::size).sum();
  }

  public long hugeBytes() {
    return mappings.stream().mapToLong(mapping -> mapping.resident().huge()).sum();
  }

  private static boolean inMemoryFile(OwnMapping mapping) {
    return mapping.path().startsWith(MEMORY_FILE);
  }

  private static boolean isArchive(OwnMapping mapping) {
    return mapping.path().endsWith(".jsa");
  }
}
