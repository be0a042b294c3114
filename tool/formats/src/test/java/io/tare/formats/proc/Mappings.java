package io.tare.formats.proc;

import java.util.Random;

/** Makes smaps texts of any size, in the layout of Linux 6.18. */
final class Mappings {
  private static final String[] NAMES = {"", "", "", "[heap]", "/usr/lib/x86_64-linux-gnu/libc.so.6", "[anon:arena 7]",
      "/tmp/a file (deleted)"};

  private Mappings() {}

  static String random(Random random, int count) {
    StringBuilder text = new StringBuilder();
    long start = 0x560000000000L;
    for (int i = 0; i < count; i++) {
      start += 4096L * random.nextInt(3);
      long kibibytes = 4L * (1 + random.nextInt(300));
      long rss = 4 * random.nextLong(kibibytes / 4 + 1);
      append(text, start, kibibytes, rss, NAMES[random.nextInt(NAMES.length)]);
      start += kibibytes * 1024;
    }
    return text.toString();
  }

  private static void append(StringBuilder text, long start, long kibibytes, long rss, String name) {
    String header = Long.toHexString(start) + "-" + Long.toHexString(start + kibibytes * 1024)
        + " rw-p 00000000 fe:00 " + (name.startsWith("/") ? 328742 : 0) + " ";
    text.append(header).append(" ".repeat(name.isEmpty() ? 0 : Math.max(0, 73 - header.length()))).append(name)
        .append('\n');
    String[] fields = {"Size", "KernelPageSize", "MMUPageSize", "Rss", "Pss", "Pss_Dirty", "Shared_Clean",
        "Shared_Dirty", "Private_Clean", "Private_Dirty", "Referenced", "Anonymous", "KSM", "LazyFree", "AnonHugePages",
        "ShmemPmdMapped", "FilePmdMapped", "Shared_Hugetlb", "Private_Hugetlb", "Swap", "SwapPss", "Locked"};
    for (String field : fields) {
      long value = switch (field) {
        case "Size" -> kibibytes;
        case "KernelPageSize", "MMUPageSize" -> 4;
        case "Rss", "Pss", "Private_Dirty", "Anonymous" -> rss;
        default -> 0;
      };
      String number = Long.toString(value);
      text.append(field).append(':').append(" ".repeat(23 - field.length() - number.length())).append(number)
          .append(" kB\n");
    }
    text.append("THPeligible:           0\nVmFlags: rd wr mr mw me ac \n");
  }
}
