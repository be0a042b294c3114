package io.tare.probe.leftovers;

import io.tare.probe.AllocationSite;
import io.tare.probe.Work;
import io.tare.probe.jfr.AllocationSites;
import io.tare.probe.jfr.Frames;
import io.tare.probe.jfr.ShortRecording;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;

/** Where what leaks was created: the places that start threads, and the sampled places that make objects. */
public final class Origins {
  private Origins() {}

  /** Runs the work some more times under JFR. Keys are class names as in a class histogram, and the kind's name for threads. */
  public static <X extends Exception> Map<String, String> of(Work<X> work, int runs) throws X {
    long threadId = Thread.currentThread().getId();
    try (ShortRecording recording = new ShortRecording().withThreadStarts().withAllocationSamples().start()) {
      for (int i = 0; i < runs; i++) {
        work.run();
      }
      List<RecordedEvent> events = recording
          .stopAndRead(event -> AllocationSites.isSampleOf(event, threadId)
              || event.getEventType().getName().equals("jdk.ThreadStart"));
      return places(events, threadId);
    }
  }

  private static Map<String, String> places(List<RecordedEvent> events, long threadId) {
    Map<String, String> places = new HashMap<>();
    List<RecordedEvent> samples = events.stream().filter(event -> AllocationSites.isSampleOf(event, threadId)).toList();
    for (AllocationSite site : AllocationSites.summed(samples)) {
      places.putIfAbsent(site.className(), site.place());
    }
    events.stream().filter(event -> event.getEventType().getName().equals("jdk.ThreadStart"))
        .forEach(start -> places.putIfAbsent(Kind.THREAD.plural(), Frames.place(start.getStackTrace())));
    return places;
  }
}
