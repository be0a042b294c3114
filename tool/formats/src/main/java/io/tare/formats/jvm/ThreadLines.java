package io.tare.formats.jvm;

import io.tare.formats.text.Addresses;
import io.tare.formats.text.Numbers;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmThread;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The thread lists that a JVM prints into its error file (hs_err; VM.info has none). JDK 17 and 25 print
 *
 * <pre>
 *   0x00007fa4e40ad670 JavaThread "worker (0)" daemon [_thread_blocked, id=28311, stack(0x00007fa4e869a000,0x00…)]
 *   0x00007fa4e404d660 VMThread "VM Thread" [stack: 0x00007fa4e929c000,0x00007fa4e939c000] [id=28299]
 *   0x00007fe48006b340 VMThread "VM Thread"    [id=28316, stack(0x00007fe4681fe000,0x00007fe4682fe000) (1024K)]
 * </pre>
 *
 * Compiler threads are Java threads too.
 */
final class ThreadLines implements Lines {
  private static final Pattern THREAD = Pattern
      .compile("(?:=>|  )0x[0-9a-f]+ (?:\\(exited\\) )?(\\w+)(?: \"(.*)\")? +(?:daemon )?\\[.*");
  private static final Pattern ID = Pattern.compile("[\\[ ]id=(\\d{1,18})");

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    Matcher thread = THREAD.matcher(line);
    if (!thread.matches()) {
      return false;
    }
    int bracket = line.lastIndexOf("stack");
    long[] bounds = bracket < 0 ? new long[0] : Addresses.all(line.substring(bracket));
    if (bounds.length < 2 || Long.compareUnsigned(bounds[0], bounds[1]) >= 0) {
      layout.problem("a thread without the bounds of its stack");
      return true;
    }
    String name = thread.group(2) == null ? thread.group(1) : thread.group(2);
    layout.thread(new JvmThread(tid(line), name, new AddressRange(bounds[0], bounds[1]), thread.group(1)
        .equals("JavaThread")));
    return true;
  }

  private static long tid(String line) {
    Matcher id = ID.matcher(line);
    long tid = 0;
    while (id.find()) {
      tid = Numbers.decimal(id.group(1)).orElse(0);
    }
    return tid;
  }
}
