import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;

/** Dumps its heap while one virtual thread waits and one runs, each with an array of its own in a local variable. Needs JDK 21. */
public class VirtualThreads {
  static final int WAITING_BYTES = 1_111_111;
  static final int RUNNING_BYTES = 2_222_222;
  static final CountDownLatch NEVER = new CountDownLatch(1);
  static final CountDownLatch READY = new CountDownLatch(2);
  static final Thread UNSTARTED = Thread.ofVirtual().name("never starts").unstarted(() -> {});
  static volatile boolean stop;

  static int waiting(byte[] kept) throws InterruptedException {
    READY.countDown();
    NEVER.await();
    return kept.length;
  }

  static int running(byte[] kept) {
    READY.countDown();
    int turns = 0;
    while (!stop) {
      turns++;
      Thread.onSpinWait();
    }
    return kept.length + turns;
  }

  public static void main(String[] args) throws Exception {
    Thread.ofVirtual().name("waits").start(() -> {
      try {
        waiting(new byte[WAITING_BYTES]);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    Thread.ofVirtual().name("runs").start(() -> running(new byte[RUNNING_BYTES]));
    READY.await();
    Thread.sleep(200);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
    stop = true;
    System.exit(0);
  }
}
