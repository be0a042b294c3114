package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.hotspot.JvmLibrary.SymbolNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** How many classes and class loaders there are, and of which classes most loaders are. */
final class LoadersWalk {
  private static final int MOST_NAMED = 5_000;
  private static final int TOP = 5;
  private static final int WORD_BYTES = 8;

  private LoadersWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    counters(vm, layout);
    JavaObjects objects = JavaObjects.of(vm, layout);
    Map<String, Integer> byClass = new HashMap<>();
    Set<Long> seen = new HashSet<>();
    long loader = vm.staticWord("ClassLoaderDataGraph._head");
    while (loader != 0 && seen.size() < vm.limits().loaders() && seen.add(loader)) {
      if (seen.size() < MOST_NAMED) {
        byClass.merge(className(vm, objects, loader), 1, Integer::sum);
      }
      loader = vm.word(loader, "ClassLoaderData._next");
    }
    layout.fact("loaders.count", seen.size());
    layout.fact("loaders.classes", byClass.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
        .limit(TOP).map(entry -> entry.getKey().replace('/', '.') + ": " + entry.getValue())
        .collect(Collectors.joining(", ")));
  }

  /** The class of the loader's object; empty for the boot loader, and where the object can't be read now. */
  private static String className(Vm vm, JavaObjects objects, long loader) {
    try {
      long handle = vm.word(loader, "ClassLoaderData._class_loader");
      boolean direct = vm.isOfType("ClassLoaderData._class_loader", "oop");
      return handle == 0 ? "" : objects.className(objects.classOf(direct ? handle : objects.fromHandle(handle)));
    } catch (Unreadable movedOrAbsent) {
      return "";
    }
  }

  private static void counters(Vm vm, Layout layout) {
    OptionalLong instances = counter(vm, SymbolNames.INSTANCE_CLASSES);
    OptionalLong arrays = counter(vm, SymbolNames.ARRAY_CLASSES);
    if (instances.isPresent() && arrays.isPresent()) {
      layout.fact("classes.count", instances.getAsLong() + arrays.getAsLong());
    }
    OptionalLong classWords = counter(vm, SymbolNames.CLASS_WORDS);
    OptionalLong otherWords = counter(vm, SymbolNames.NONCLASS_WORDS);
    if (classWords.isPresent() && otherWords.isPresent()) {
      layout.fact("classspace.used", WORD_BYTES * classWords.getAsLong());
      layout.fact("metaspace.used", WORD_BYTES * (classWords.getAsLong() + otherWords.getAsLong()));
    }
  }

  private static OptionalLong counter(Vm vm, String symbol) {
    OptionalLong address = vm.symbols().address(symbol);
    return address.isEmpty() ? OptionalLong.empty() : vm.memory().u64(address.getAsLong());
  }
}
