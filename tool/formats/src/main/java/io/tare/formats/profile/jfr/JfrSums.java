package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.profile.jfr.JfrChunk.Count;
import io.tare.model.profile.Numbers;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the chunks of a recording say together: by event, stack, type and thread. */
final class JfrSums {
  private static final int MOST_STACKS = 5_000_000;
  private static final int MOST_FRAMES = 50_000_000;
  private static final List<JfrEvent> EVENTS = List.of(JfrEvent.values());

  private final String artifact;
  private final JfrStacks stacks = new JfrStacks();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  /** A thread's number and the event's are one key. */
  private final JfrSites sums = new JfrSites();
  private boolean isSampled;

  JfrSums(String artifact) {
    this.artifact = artifact;
  }

  void add(JfrChunk chunk) throws NotThisFormat {
    int[] stacksOfChunk = chunk.frames().numbers(stacks, chunk.tables());
    for (Count count : chunk.counts()) {
      add(count, chunk, stacksOfChunk);
      if (stacks.framesOfAll() > MOST_FRAMES || sums.size() > MOST_STACKS) {
        throw new NotThisFormat(artifact + " has more than " + MOST_FRAMES + " frames or " + MOST_STACKS + " stacks");
      }
    }
  }

  private void add(Count count, JfrChunk chunk, int[] stacksOfChunk) {
    JfrEvent event = count.event();
    JfrSites sites = count.sites();
    isSampled |= event == JfrEvent.SAMPLE && sites.size() > 0;
    Map<Long, Integer> types = new HashMap<>();
    Map<Long, Integer> threads = new HashMap<>();
    for (int site = 0; site < sites.size(); site++) {
      int type = types.computeIfAbsent(sites.type(site), id -> number(event == JfrEvent.OLD
          ? chunk.tables().classOf(count.type(), id)
          : chunk.tables().className(count.type(), id)));
      int thread = threads.computeIfAbsent(sites.thread(site),
          id -> number(chunk.tables().threadName(count.thread(), id)));
      sums.add(stacksOfChunk[chunk.frames().number(sites.stack(site))], type,
          (long) thread * EVENTS.size() + EVENTS.indexOf(event), sites.samples(site), sites.bytes(site));
    }
  }

  private int number(String name) {
    Integer known = numbers.putIfAbsent(name, names.size());
    if (known != null) {
      return known;
    }
    names.add(name);
    return names.size() - 1;
  }

  /** Where both are on, the sampled allocations and those of buffers tell the same bytes: the sampled ones are taken. */
  Profile profile(boolean tellsEvent) throws NotThisFormat {
    List<List<Frame>> frames = new ArrayList<>(stacks.size());
    for (int stack = 0; stack < stacks.size(); stack++) {
      frames.add(stacks.frames(stack));
    }
    List<Sample> samples = new ArrayList<>(sums.size());
    for (int i = 0; i < sums.size(); i++) {
      JfrEvent event = EVENTS.get((int) (sums.thread(i) % EVENTS.size()));
      if (!(isSampled && event.isOfBuffers())) {
        samples.add(new Sample(frames.get((int) sums.stack(i)), values(event, i),
            tags(names.get((int) sums.type(i)), names.get((int) (sums.thread(i) / EVENTS.size())),
                tellsEvent ? event.type : "")));
      }
    }
    if (samples.isEmpty()) {
      throw new NotThisFormat(artifact + " is a flight recording without samples of allocations or of old objects;"
          + " they are on in the settings 'profile', or by jdk.ObjectAllocationSample#enabled=true");
    }
    return new Profile(JfrBytes.TYPES, samples);
  }

  private Numbers values(JfrEvent event, int site) {
    long[] values = new long[JfrBytes.TYPES.size()];
    values[event.isInUse ? 2 : 0] = sums.samples(site);
    values[event.isInUse ? 3 : 1] = sums.bytes(site);
    return Numbers.of(values);
  }

  private static Map<String, String> tags(String type, String thread, String event) {
    if (type.isEmpty() && thread.isEmpty() && event.isEmpty()) {
      return Map.of();
    }
    Map<String, String> tags = new TreeMap<>(Map.of("type", type, "thread", thread, "event", event));
    tags.values().removeIf(String::isEmpty);
    return tags;
  }
}
