package io.tare.capture.memory.hotspot;

import io.tare.capture.live.Jdk;
import io.tare.model.AddressRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the JVM itself says when it is asked: the ground truth for the passive reading. */
record Jcmd(Jdk jdk, long pid) {
  private static final Pattern RESERVED = Pattern
      .compile("\\[0x([0-9a-f]+) - 0x([0-9a-f]+)\\] reserved (?:and committed )?\\d+KB for (.+?)(?: from)?$");
  private static final Pattern CODE_HEAP = Pattern.compile("bounds \\[0x([0-9a-f]+), 0x[0-9a-f]+, 0x([0-9a-f]+)\\]");
  private static final Pattern NODE = Pattern.compile("node #\\d+: base 0x([0-9a-f]+):? reserved=([0-9.]+) (KB|MB|GB)");
  private static final Pattern USED = Pattern.compile("used (\\d+)([KM])|(\\d+)([KM]) used");

  String ask(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(jdk.home().resolve("bin/jcmd").toString(), Long.toString(pid)));
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return answer;
  }

  /** A reservation that native memory tracking knows. */
  record Reserved(AddressRange range, String category) {}

  List<Reserved> reservations() throws Exception {
    List<Reserved> reserved = new ArrayList<>();
    ask("VM.native_memory", "detail").lines().map(RESERVED::matcher).filter(Matcher::find)
        .forEach(line -> reserved.add(new Reserved(range(line), line.group(3).strip())));
    return reserved;
  }

  List<AddressRange> codeHeaps() throws Exception {
    return ask("Compiler.codecache").lines().map(CODE_HEAP::matcher).filter(Matcher::find).map(Jcmd::range).toList();
  }

  List<AddressRange> metaspaceNodes() throws Exception {
    List<AddressRange> nodes = new ArrayList<>();
    ask("VM.metaspace", "vslist").lines().map(NODE::matcher).filter(Matcher::find).forEach(line -> {
      int shift = line.group(3).equals("KB") ? 10 : line.group(3).equals("MB") ? 20 : 30;
      long bytes = (long) (Double.parseDouble(line.group(2)) * (1L << shift));
      nodes.add(AddressRange.ofSize(Long.parseUnsignedLong(line.group(1), 16), bytes));
    });
    return nodes;
  }

  /** The first "used" of the heap, or the sum of the generations where there is no total. */
  long heapUsedBytes() throws Exception {
    long sum = 0;
    for (String line : ask("GC.heap_info").lines().toList()) {
      Matcher used = USED.matcher(line);
      boolean generation = line
          .matches("\\s*(def new|tenured|DefNew|Tenured|PSYoungGen|ParOldGen|garbage-first|ZHeap).*")
          || line.contains("max, ") && line.contains(" used");
      if (generation && used.find()) {
        String number = used.group(1) != null ? used.group(1) : used.group(3);
        String unit = used.group(2) != null ? used.group(2) : used.group(4);
        sum += Long.parseLong(number) << (unit.equals("K") ? 10 : 20);
      }
    }
    return sum;
  }

  private static AddressRange range(Matcher line) {
    return new AddressRange(Long.parseUnsignedLong(line.group(1), 16), Long.parseUnsignedLong(line.group(2), 16));
  }
}
