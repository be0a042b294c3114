import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Holds secrets in every kind of place that a heap has, and dumps itself. Runs from source on JDK 17 and later. */
public class Secrets {
  static final List<Object> KEEP = new ArrayList<>();
  static final long STATIC_NUMBER = Long.parseLong("5ec2e75ec2e71234", 16);
  final long number = Long.parseLong("5ec2e75ec2e75678", 16);
  static final String SYMBOL = "hidden-symbol-4711";

  public static void main(String[] args) throws Exception {
    KEEP.add(new Secrets());
    KEEP.add(SYMBOL);
    KEEP.add(String.join("-", "hidden", "string", "4711"));
    KEEP.add(String.join("-", "hidden", "wide", "4711\u20ac"));
    KEEP.add(String.join("-", "hidden", "bytes", "4711").getBytes(StandardCharsets.ISO_8859_1));
    KEEP.add(String.join("-", "hidden", "chars", "4711").toCharArray());
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = new Thread(() -> await(end), String.join("-", "hidden", "thread", "4711"));
    thread.start();
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
    end.countDown();
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
