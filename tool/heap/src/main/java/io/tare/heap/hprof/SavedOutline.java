package io.tare.heap.hprof;

import io.tare.heap.hprof.Outline.Frame;
import io.tare.heap.hprof.Outline.Header;
import io.tare.heap.hprof.Outline.Names;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.Outline.Stacks;
import io.tare.heap.hprof.Outline.Trace;
import io.tare.heap.store.Packed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An outline as it was found, so that nobody has to hop over the dump again. */
public final class SavedOutline {
  private SavedOutline() {}

  public static Packed.Out write(Outline outline) {
    Packed.Out out = new Packed.Out();
    Header header = outline.header();
    out.text(header.version());
    out.i4(header.idBytes());
    out.i8(header.takenAtMillis());
    out.i8(header.endsAt());
    out.i4(outline.segments().size());
    outline.segments().forEach(segment -> {
      out.i8(segment.from());
      out.i8(segment.to());
    });
    out.i4(outline.classNames().size());
    outline.classNames().forEach((id, name) -> {
      out.i8(id);
      out.i8(name);
    });
    out.i4(outline.classSerials().size());
    outline.classSerials().forEach((serial, id) -> {
      out.i4(serial);
      out.i8(id);
    });
    write(outline.stacks(), out);
    outline.names().write(out);
    out.i1(outline.truncated() ? 1 : 0);
    out.i1(outline.android() ? 1 : 0);
    return out;
  }

  private static void write(Stacks stacks, Packed.Out out) {
    out.i4(stacks.frames().size());
    stacks.frames().forEach((id, frame) -> {
      out.i8(id);
      out.i8(frame.methodNameId());
      out.i8(frame.signatureId());
      out.i8(frame.sourceNameId());
      out.i4(frame.classSerial());
      out.i4(frame.line());
    });
    out.i4(stacks.traces().size());
    stacks.traces().forEach((serial, trace) -> {
      out.i4(serial);
      out.i4(trace.threadSerial());
      out.i4(trace.frameIds().size());
      trace.frameIds().forEach(out::i8);
    });
  }

  public static Outline read(Packed.In in, DumpFile file) {
    Header header = new Header(in.text(), in.i4(), in.i8(), in.i8());
    List<Segment> segments = new ArrayList<>();
    for (int left = in.i4(); left > 0; left--) {
      segments.add(new Segment(in.i8(), in.i8()));
    }
    Map<Long, Long> classNames = new HashMap<>();
    for (int left = in.i4(); left > 0; left--) {
      classNames.put(in.i8(), in.i8());
    }
    Map<Integer, Long> classSerials = new HashMap<>();
    for (int left = in.i4(); left > 0; left--) {
      classSerials.put(in.i4(), in.i8());
    }
    Stacks stacks = stacks(in);
    Names names = new Names(file, header.idBytes());
    names.read(in);
    return new Outline(header, segments, classNames, classSerials, stacks, names, in.i1() != 0, in.i1() != 0);
  }

  private static Stacks stacks(Packed.In in) {
    Map<Long, Frame> frames = new HashMap<>();
    for (int left = in.i4(); left > 0; left--) {
      frames.put(in.i8(), new Frame(in.i8(), in.i8(), in.i8(), in.i4(), in.i4()));
    }
    Map<Integer, Trace> traces = new HashMap<>();
    for (int left = in.i4(); left > 0; left--) {
      int serial = in.i4();
      int thread = in.i4();
      List<Long> ids = new ArrayList<>();
      for (int frame = in.i4(); frame > 0; frame--) {
        ids.add(in.i8());
      }
      traces.put(serial, new Trace(thread, ids));
    }
    return new Stacks(frames, traces);
  }
}
