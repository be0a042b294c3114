package io.tare.formats.jvm;

import io.tare.formats.text.Addresses;
import io.tare.formats.text.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The summary that every collector prints of its heap, in {@code GC.heap_info}, in VM.info and in VM.info's history.
 * JDK 17 prints {@code garbage-first heap   total 48128K, used 15588K [0x00000000fc000000, 0x0000000100000000)}, JDK
 * 25 {@code DefNew     total 19648K, used 3798K [0x00000000fc000000, 0x00000000fd550000, 0x00000000fd550000)} and
 * {@code  ZHeap            used 18M, capacity 64M, max capacity 64M}.
 */
final class HeapSummary {
  private static final Pattern SIZE = Pattern.compile("\\b(\\d+)([KMGTB]?) (max|total|committed|used)\\b");
  private static final Pattern LABELLED = Pattern
      .compile("\\b(total reserved|committed|total|used|max capacity|capacity) (\\d+)([KMGTB]?)\\b");
  private static final Pattern SPACE = Pattern
      .compile("(eden|from|to|the|object)? *space +\\d+[KMGTB]?, +\\d+% used.*");

  /** A space or generation: bottom, first free address, end. */
  record Space(String role, long bottom, long top, long end) {}

  private final List<Space> spaces = new ArrayList<>();
  private String collector = "";
  private OptionalLong used = OptionalLong.empty();
  private OptionalLong committed = OptionalLong.empty();
  private OptionalLong max = OptionalLong.empty();
  private long start;
  private long end;

  /** Takes what the line says; false when it is no line of a summary. */
  boolean accept(String untrimmed) {
    String line = untrimmed.strip();
    String named = Collectors.ofHeapLine(line);
    if (!named.isEmpty()) {
      collector = named;
      heapLine(line);
      return true;
    }
    if (SPACE.matcher(line).matches()) {
      space(line);
      return true;
    }
    return collector.equals("Shenandoah") && shenandoah(line);
  }

  private void heapLine(String line) {
    Matcher sizes = LABELLED.matcher(line);
    long total = -1;
    boolean committedSaid = false;
    while (sizes.find()) {
      OptionalLong bytes = Sizes.bytes(sizes.group(2), sizes.group(3));
      switch (sizes.group(1)) {
        case "used" -> used = sum(used, bytes);
        case "committed", "capacity" -> {
          committed = sum(committed, bytes);
          committedSaid = true;
        }
        case "max capacity", "total reserved" -> max = sum(max, bytes);
        default -> total = bytes.orElse(-1);
      }
    }
    long[] range = Addresses.after(line, "[");
    boolean generation = range.length == 3 && !collector.equals("G1");
    if (range.length >= 2) {
      reserve(range[0], range[range.length - 1]);
    }
    if (!committedSaid && (generation || total >= 0)) {
      // A young generation's "total" leaves out one survivor space: its committed range does not.
      committed = sum(committed, OptionalLong.of(generation ? range[1] - range[0] : total));
    }
  }

  private void space(String line) {
    long[] addresses = Addresses.after(line, "[");
    if (addresses.length >= 3) {
      spaces.add(new Space(role(line), addresses[0], addresses[1], addresses[addresses.length - 1]));
    }
  }

  private static String role(String line) {
    if (line.startsWith("the")) {
      return "tenured";
    }
    String first = line.substring(0, line.indexOf(' '));
    return switch (first) {
      case "object" -> "old";
      case "space" -> "allocation";
      default -> first;
    };
  }

  private boolean shenandoah(String line) {
    Matcher sizes = SIZE.matcher(line);
    boolean found = false;
    while (sizes.find()) {
      OptionalLong bytes = Sizes.bytes(sizes.group(1), sizes.group(2));
      found = true;
      switch (sizes.group(3)) {
        case "used" -> used = bytes;
        case "committed" -> committed = bytes;
        default -> max = max.isEmpty() ? bytes : max;
      }
    }
    long[] range = line.startsWith("- [0x") ? Addresses.all(line) : new long[0];
    if (range.length == 2) {
      reserve(range[0], range[1]);
      return true;
    }
    return found;
  }

  private void reserve(long from, long to) {
    start = end == 0 || Long.compareUnsigned(from, start) < 0 ? from : start;
    end = Long.compareUnsigned(to, end) > 0 ? to : end;
  }

  private static OptionalLong sum(OptionalLong before, OptionalLong more) {
    return more.isEmpty() ? before : OptionalLong.of(before.orElse(0) + more.getAsLong());
  }

  String collector() {
    return collector;
  }

  /** To the byte where the spaces are told, else as printed. */
  OptionalLong used() {
    return spaces.isEmpty() || used.isEmpty()
        ? used
        : OptionalLong.of(spaces.stream().mapToLong(space -> space.top() - space.bottom()).sum());
  }

  OptionalLong committed() {
    return committed;
  }

  OptionalLong max() {
    return max.isPresent() || end == 0 ? max : OptionalLong.of(end - start);
  }

  List<Space> spaces() {
    return spaces;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }
}
