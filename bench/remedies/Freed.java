import java.lang.reflect.Field;
import sun.misc.Unsafe;

/** Four threads fill an arena of malloc each and free nearly all of it; what is left, at the end too, keeps the pages where they are. */
public final class Freed {
  private static final int THREADS = 4;
  private static final int BLOCK = 1000;
  private static final int KEEP_EVERY = 128;

  private Freed() {}

  public static void main(String[] words) throws ReflectiveOperationException, InterruptedException, java.io.IOException {
    Field field = Unsafe.class.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Unsafe unsafe = (Unsafe) field.get(null);
    int blocks = (int) (Long.parseLong(words[0]) / THREADS / (BLOCK + 8));
    Thread[] threads = new Thread[THREADS];
    for (int t = 0; t < THREADS; t++) {
      threads[t] = new Thread(() -> fill(unsafe, blocks));
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("{\"ready\":true}");
    while (System.in.read() >= 0) {
      continue;
    }
  }

  private static void fill(Unsafe unsafe, int blocks) {
    long[] addresses = new long[blocks];
    for (int i = 0; i < blocks; i++) {
      addresses[i] = unsafe.allocateMemory(BLOCK);
      unsafe.setMemory(addresses[i], BLOCK, (byte) 7);
    }
    for (int i = 0; i < blocks - 1; i++) {
      if (i % KEEP_EVERY != 0) {
        unsafe.freeMemory(addresses[i]);
      }
    }
  }
}
