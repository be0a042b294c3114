package io.tare.probe.jfr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording of a few event types around a piece of work, read back at once. */
public final class ShortRecording implements AutoCloseable {
  private static final int MAX_EVENTS = 200_000;

  public static final String NEW_BUFFER = "jdk.ObjectAllocationInNewTLAB";
  public static final String NO_BUFFER = "jdk.ObjectAllocationOutsideTLAB";

  private final Recording recording = new Recording();

  public ShortRecording withAllocationSamples() {
    recording.enable("jdk.ObjectAllocationSample").withStackTrace().with("throttle", "off");
    return this;
  }

  /** Sampled where a thread needs a new buffer; these alone carry the size of the object. */
  public ShortRecording withObjectSizes() {
    recording.enable(NEW_BUFFER).withStackTrace();
    recording.enable(NO_BUFFER).withStackTrace();
    return this;
  }

  public ShortRecording withThreadStarts() {
    recording.enable("jdk.ThreadStart").withStackTrace();
    return this;
  }

  public ShortRecording start() {
    recording.start();
    return this;
  }

  public List<RecordedEvent> stopAndRead(Predicate<RecordedEvent> wanted) {
    recording.stop();
    try {
      Path file = Files.createTempFile("tare-probe", ".jfr");
      try {
        recording.dump(file);
        return read(file, wanted);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the JFR recording could not be written or read", e);
    }
  }

  private static List<RecordedEvent> read(Path file, Predicate<RecordedEvent> wanted) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    try (RecordingFile recorded = new RecordingFile(file)) {
      while (recorded.hasMoreEvents() && events.size() < MAX_EVENTS) {
        RecordedEvent event = recorded.readEvent();
        if (wanted.test(event)) {
          events.add(event);
        }
      }
    }
    return events;
  }

  @Override
  public void close() {
    recording.close();
  }
}
