package io.tare.cases.faults.overtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All programs over time, in the order in which a reader should meet them. */
public final class StoryTable {
  private static final long KB = 1 << 10;
  private static final long MB = 1 << 20;
  private static final String SMALL_HEAP = "-Xmx48m";
  /** As many buffers as heap are allowed otherwise: with a fast clock that is less than a minute. */
  private static final String ROOM_FOR_BUFFERS = "-XX:MaxDirectMemorySize=1g";
  private static final String HEAP = "heap.live";

  private StoryTable() {}

  public static List<Story> all() {
    return Stream.of(heapLeaks(), otherLeaks(), healthy(), leakyServices(), healthyServices()).flatMap(List::stream)
        .toList();
  }

  public static Optional<Story> byName(String name) {
    return all().stream().filter(story -> story.name().equals(name)).findFirst();
  }

  private static List<Story> heapLeaks() {
    return List.of(
        story("slow-heap-leak", "A list that forgets nothing and grows by half a megabyte a minute",
            scene -> HeapPlots.growing(MB / 2)).leaking(HEAP, MB / 2),
        story("fast-heap-leak", "The same, eight times as fast", scene -> HeapPlots.growing(4 * MB)).with("-Xmx80m")
            .leaking(HEAP, 4 * MB),
        story("leak-behind-sawtooth", "A cache that empties itself every minute hides a list that grows",
            scene -> HeapPlots.both(HeapPlots.sawtooth(8 * MB, 1), HeapPlots.growing(MB))).with("-Xmx64m")
            .leaking(HEAP, MB),
        story("thread-local-leak", "A pool's threads keep a little of every request in a thread-local",
            scene -> new ThreadLocalPlot(MB)).leaking(HEAP, MB));
  }

  private static List<Story> otherLeaks() {
    return List.of(
        story("direct-buffer-leak", "Direct buffers of 256 KB that are kept",
            scene -> NativePlots.directBuffers(256 * KB, 6)).with(SMALL_HEAP, ROOM_FOR_BUFFERS).leaking("malloc",
                6 * 256 * KB),
        story("inflater-leak", "Inflaters that are used and never ended, 40 KB of malloc each",
            scene -> NativePlots.inflaters(30)).leaking("malloc", 30 * 40 * KB),
        story("thread-leak", "Threads that are started for a job and wait for ever", scene -> new ThreadPlot(6))
            .leaking("threads", 6),
        story("class-loader-leak", "Plugins that are loaded again and again and never let go",
            scene -> ClassPlots.growing(60)).with("-Xmx64m").leaking("classes", 60));
  }

  private static List<Story> healthy() {
    return List.of(
        story("cache-fills", "A cache that fills for four minutes and is full then",
            scene -> HeapPlots.until(3 * MB, 4)).with("-Xmx64m"),
        story("warm-up", "Classes and compiled code for two and a half minutes, then nothing new",
            scene -> ClassPlots.until(240, 2.5)).with("-Xmx64m"),
        story("step", "Another configuration at minute four: bigger heap, buffers and threads at once",
            scene -> new StepPlot(4)).with("-Xmx64m"),
        story("garbage", "Garbage that no collection has come for yet", scene -> HeapPlots.garbage(8 * MB))
            .with("-Xms512m", "-Xmx512m").quiet(),
        story("mapped-file-growth", "A file that is mapped piece by piece and read",
            scene -> new MappedFilePlot(scene.directory(), 4 * MB)).growing("mapped", 4 * MB),
        story("page-cache-growth", "A file that is written on and on", scene -> new WrittenFilePlot(scene.directory(),
            8 * MB)).growing("cgroup.file", 8 * MB),
        story("fragmentation-growth", "Small native blocks give way to larger ones that don't fit into the holes",
            scene -> new FragmentationPlot(MB)).growing("malloc.idle", MB),
        story("idle", "Nothing at all", scene -> minute -> {}).quiet());
  }

  /** Of each two that are alike one is kept apart. */
  private static List<Story> leakyServices() {
    return List.of(
        service("linked-leak", "A list of small objects, 3 MB a minute", ServicePlots.linked(3 * MB)).leaking(HEAP,
            3 * MB),
        service("static-cache-leak", "A static cache from which nothing is removed", ServicePlots.staticCache(4 * MB))
            .leaking(HEAP, 4 * MB).keptApart(),
        service("listener-leak", "Listeners that are added and never taken away", ServicePlots.listeners(3 * MB))
            .leaking(HEAP, 3 * MB),
        service("burst-leak", "Small objects that stay, in a burst every 40 seconds", ServicePlots.bursts(4 * MB))
            .leaking(HEAP, 4 * MB).keptApart(),
        service("array-leak", "100 KB of ordinary arrays a second", HeapPlots.growing(6 * MB)).leaking(HEAP, 6 * MB),
        service("leak-beside-expiry", "A cache that expires, and a list that does not",
            HeapPlots.both(ServicePlots.expiring(20 * MB, 2), ServicePlots.linked(4 * MB))).leaking(HEAP, 4 * MB)
            .keptApart());
  }

  private static List<Story> healthyServices() {
    return List.of(
        service("expiring-cache", "A cache whose entries live for two minutes", ServicePlots.expiring(30 * MB, 2)),
        service("expiring-cache-long", "A cache whose entries live for four minutes",
            ServicePlots.expiring(50 * MB, 4)).keptApart(),
        service("batch", "A batch that needs 40 MB, every 90 seconds", HeapPlots.sawtooth(40 * MB, 1.5)),
        service("batch-large", "A batch that needs 80 MB, every 70 seconds", HeapPlots.sawtooth(80 * MB, 70 / 60.0))
            .keptApart(),
        service("slow-warm-up", "Fills for three minutes, slower and slower", ServicePlots.warmingUp(40 * MB)),
        service("segments", "A log that keeps its newest 16 segments, the older ones die in the old generation",
            ServicePlots.segments(64 * MB, 16)).keptApart());
  }

  /** Is played anew in each process: the plot that is given belongs to the one that plays it. */
  private static Story service(String name, String sentence, Plot plot) {
    return story(name, sentence, any -> ServicePlots.busy(plot)).with("-Xmx256m").quiet();
  }

  private static Story story(String name, String sentence, Plot.Maker maker) {
    return new Story(name, sentence, maker, List.of(SMALL_HEAP), Map.of(), Map.of(), true, false);
  }
}
