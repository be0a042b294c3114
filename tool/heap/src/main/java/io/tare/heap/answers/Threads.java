package io.tare.heap.answers;

import io.tare.heap.answers.HeapView.Reached;
import io.tare.heap.graph.HeapGraph.RootSet;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Outline.Frame;
import io.tare.heap.hprof.Outline.Trace;
import io.tare.model.heap.HeapThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The threads with their stacks and what each holds, biggest first. */
final class Threads {
  private static final String VIRTUAL = "java.lang.VirtualThread";

  private final HeapView view;
  private final Frames frames;

  Threads(HeapView view) {
    this.view = view;
    this.frames = new Frames(view.graph().index().outline());
  }

  List<HeapThread> list() {
    Map<Integer, Root> threads = new TreeMap<>(view.graph().roots().threads());
    Labels labels = new Labels(view.reader());
    labels.prefetch(threads.keySet().stream().map(view::address).toList());
    List<HeapThread> list = new ArrayList<>();
    threads.forEach((node, root) -> list.add(thread(node, root, labels)));
    list.sort(Comparator.comparingLong(HeapThread::retainedBytes).reversed().thenComparingLong(HeapThread::address));
    return list;
  }

  private HeapThread thread(int node, Root root, Labels labels) {
    long address = view.address(node);
    String name = labels.of(address).replace("\"", "");
    int locals = view.node(view.reader().value(address, "threadLocals").orElse(0));
    long localBytes = locals == 0 ? 0 : view.retainedBytes(locals);
    return new HeapThread(address, name, isVirtual(node), view.retainedBytes(node), localBytes, stack(node, root));
  }

  private boolean isVirtual(int node) {
    return view.classOf(node).name().equals(VIRTUAL);
  }

  /** Threads that have a stack of the operating system's. */
  long platformThreads() {
    return view.graph().roots().threads().keySet().stream().filter(node -> !isVirtual(node)).count();
  }

  /** Virtual threads that are reached like any object, but not listed: what their local variables hold is not known to be held. */
  long withoutStack() {
    long[] count = new long[1];
    Set<Integer> listed = view.graph().roots().threads().keySet();
    Reached.each(view, heapClass -> heapClass.name().equals(VIRTUAL),
        node -> count[0] += listed.contains(node) ? 0 : 1);
    return count[0];
  }

  private List<HeapThread.Frame> stack(int node, Root root) {
    List<String> methods = frames.ofThread(root);
    Map<Integer, List<HeapThread.Local>> byFrame = new TreeMap<>();
    for (RootSet.Local local : view.graph().roots().locals().getOrDefault(node, List.of())) {
      byFrame.computeIfAbsent(local.root().frame(), depth -> new ArrayList<>()).add(local(local.node()));
    }
    List<HeapThread.Frame> stack = new ArrayList<>();
    for (int depth = 0; depth < methods.size(); depth++) {
      stack.add(new HeapThread.Frame(methods.get(depth), byFrame.getOrDefault(depth, List.of())));
    }
    return stack;
  }

  private HeapThread.Local local(int node) {
    return new HeapThread.Local(view.address(node), view.classOf(node).name(), view.retainedBytes(node));
  }

  /** Stack frames in words. */
  static final class Frames {
    private final Outline outline;

    Frames(Outline outline) {
      this.outline = outline;
    }

    /** The stack of a thread, innermost first; empty if the dump has none. */
    List<String> ofThread(@Nullable Root thread) {
      if (thread == null) {
        return List.of();
      }
      Trace trace = outline.stacks().traces().get(thread.frame());
      if (trace == null || trace.threadSerial() != thread.threadSerial()) {
        trace = outline.stacks().ofThread(thread.threadSerial()).orElse(null);
      }
      return trace == null ? List.of() : trace.frameIds().stream().map(this::words).toList();
    }

    /** The method of one frame with its file and line, or nothing. */
    String place(@Nullable Root thread, int depth) {
      List<String> stack = ofThread(thread);
      return depth < 0 || depth >= stack.size() ? "" : stack.get(depth).replace("(", " (");
    }

    private String words(long frameId) {
      Frame frame = outline.stacks().frames().get(frameId);
      if (frame == null) {
        return "unknown frame 0x" + Long.toHexString(frameId);
      }
      Long classId = outline.classSerials().get(frame.classSerial());
      Long nameId = classId == null ? null : outline.classNames().get(classId);
      String className = nameId == null ? "?" : outline.names().get(nameId).replace('/', '.');
      String source = frame.sourceNameId() == 0 ? "" : outline.names().get(frame.sourceNameId());
      String place = frame.line() > 0 ? source + ":" + frame.line() : source;
      return className + "." + outline.names().get(frame.methodNameId()) + (place.isEmpty() ? "" : "(" + place + ")");
    }
  }
}
