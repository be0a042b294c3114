package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.json.JsonText;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Profiles in JSON. V8's {@code .heapprofile} is a tree of calls, each with what it still holds:
 * {@code {"head":{"callFrame":{"functionName":"load","url":"file:///a.js","lineNumber":3},"selfSize":1024,"children":[…]}}}. CPython's
 * tracemalloc has no form of its own; its traces are read as {@code {"traces":[{"size":1024,"frames":[["a.py",3],["b.py",7]]}]}}, the
 * oldest call first, as {@code tracemalloc.Traceback} has them.
 */
public final class JsonProfiles {
  private static final int DEEPEST = 512;
  private static final int MOST_FRAMES = 20_000_000;

  private final String artifact;
  private final List<Sample> samples = new ArrayList<>();
  private int frames;

  private JsonProfiles(String artifact) {
    this.artifact = artifact;
  }

  public static Parsed<Profile> parse(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    Parsed<Object> document = JsonText.parse(artifact, text, limits);
    JsonProfiles reader = new JsonProfiles(artifact);
    Map<?, ?> whole = document.value() instanceof Map<?, ?> map ? map : Map.of();
    if (whole.get("head") instanceof Map<?, ?> head) {
      reader.call(head, new ArrayList<>());
      return new Parsed<>(new Profile(List.of(new ValueType("inuse_space", "bytes")), reader.samples),
          document.problems());
    }
    if (whole.get("traces") instanceof List<?> traces) {
      for (Object trace : traces) {
        reader.trace(trace);
      }
      return new Parsed<>(new Profile(
          List.of(new ValueType("inuse_objects", "count"), new ValueType("inuse_space", "bytes")), reader.samples),
          document.problems());
    }
    throw new NotThisFormat(artifact + " is JSON, but neither a .heapprofile of V8 (\"head\") nor traces of tracemalloc"
        + " (\"traces\")");
  }

  /** @param callers the outermost first */
  private void call(Map<?, ?> node, List<Frame> callers) throws NotThisFormat {
    Map<?, ?> frame = node.get("callFrame") instanceof Map<?, ?> map ? map : Map.of();
    callers.add(new Frame(name(frame.get("functionName")), frame.get("url") instanceof String url ? url : "",
        frame.get("lineNumber") instanceof Long line && line >= 0 ? line + 1 : 0));
    if (node.get("selfSize") instanceof Long size && size > 0) {
      add(callers.subList(Math.min(1, callers.size() - 1), callers.size()).reversed(), List.of(size));
    }
    if (node.get("children") instanceof List<?> children && callers.size() < DEEPEST) {
      for (Object child : children) {
        if (child instanceof Map<?, ?> map) {
          call(map, callers);
        }
      }
    }
    callers.removeLast();
  }

  private static String name(@Nullable Object name) {
    return name instanceof String text && !text.isEmpty() ? text : "(anonymous)";
  }

  private void trace(Object trace) throws NotThisFormat {
    if (!(trace instanceof Map<?, ?> map && map.get("size") instanceof Long size
        && map.get("frames") instanceof List<?> all)) {
      throw new NotThisFormat(artifact + " has a trace without \"size\" and \"frames\"");
    }
    List<Frame> stack = new ArrayList<>();
    for (Object one : all.subList(Math.max(0, all.size() - DEEPEST), all.size())) {
      if (one instanceof List<?> pair && pair.size() == 2 && pair.getFirst() instanceof String file
          && pair.getLast() instanceof Long line) {
        stack.add(new Frame(file, file, Math.max(0, line)));
      } else {
        throw new NotThisFormat(artifact + " has a frame that is no [\"file\", line]");
      }
    }
    add(stack.reversed(), List.of(1L, size));
  }

  private void add(List<Frame> stack, List<Long> values) throws NotThisFormat {
    frames += stack.size();
    if (frames > MOST_FRAMES) {
      throw new NotThisFormat(artifact + " has more than " + MOST_FRAMES + " frames");
    }
    samples.add(new Sample(stack, values));
  }
}
