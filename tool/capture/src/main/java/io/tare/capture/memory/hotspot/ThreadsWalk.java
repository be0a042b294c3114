package io.tare.capture.memory.hotspot;

import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmThread;
import java.util.HashSet;
import java.util.Set;

/** All Java threads with their stacks: an array since JDK 10, a linked list before. */
final class ThreadsWalk {
  private static final long MOST_STACK_BYTES = 16L << 30;

  private final Vm vm;
  private final Layout layout;
  private final JavaObjects objects;
  private long unreadable;

  private ThreadsWalk(Vm vm, Layout layout) {
    this.vm = vm;
    this.layout = layout;
    this.objects = JavaObjects.of(vm, layout);
  }

  static void walk(Vm vm, Layout layout) throws Unreadable {
    ThreadsWalk walk = new ThreadsWalk(vm, layout);
    if (vm.has("ThreadsSMRSupport._java_thread_list")) {
      walk.array();
    } else {
      walk.list();
    }
    if (walk.unreadable > 0) {
      layout.problem("threads", walk.unreadable + " threads can't be read");
    }
  }

  private void array() throws Unreadable {
    long list = vm.staticWord("ThreadsSMRSupport._java_thread_list");
    long count = vm.u32(vm.at(list, "ThreadsList._length"));
    long threads = vm.word(list, "ThreadsList._threads");
    if (count > vm.limits().threads()) {
      layout.problem("threads", count + " threads, of which " + vm.limits().threads() + " are read");
    }
    for (long i = 0; i < Math.min(count, vm.limits().threads()) && !vm.memory().budgetExceeded(); i++) {
      thread(vm.word(threads + 8 * i));
    }
  }

  private void list() throws Unreadable {
    Set<Long> seen = new HashSet<>();
    long thread = vm.staticWord("Threads._thread_list");
    while (thread != 0 && seen.add(thread) && seen.size() <= vm.limits().threads()) {
      thread(thread);
      thread = vm.word(thread, "JavaThread._next");
    }
  }

  private void thread(long thread) {
    try {
      long top = vm.word(thread, "Thread._stack_base", "JavaThread._stack_base");
      long bytes = vm.word(thread, "Thread._stack_size", "JavaThread._stack_size");
      if (bytes <= 0 || bytes > MOST_STACK_BYTES || top <= bytes) {
        unreadable++;
        return;
      }
      long os = vm.word(thread, "Thread._osthread", "JavaThread._osthread");
      long tid = os == 0 ? 0 : vm.u32(vm.at(os, "OSThread._thread_id"));
      layout.thread(new JvmThread(tid, name(thread), new AddressRange(top - bytes, top), true));
    } catch (Unreadable goneOrTorn) {
      unreadable++;
    }
  }

  /** The name of the thread's Java object; empty when its object can't be read now. */
  private String name(long thread) {
    try {
      long handle = vm.word(thread, "JavaThread._threadObj");
      boolean direct = vm.isOfType("JavaThread._threadObj", "oop");
      return objects.threadName(direct ? handle : objects.fromHandle(handle)).orElse("");
    } catch (Unreadable absent) {
      return "";
    }
  }
}
