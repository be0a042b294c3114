import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Holds much native memory of zlib, allocated by several threads, after it ended every third of it. */
public class Deflaters {
  private static final List<Deflater> KEPT = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(new Thread(Deflaters::fill));
      threads.get(i).start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("ready");
    Thread.sleep(120_000);
  }

  private static void fill() {
    for (int i = 0; i < 30; i++) {
      Deflater deflater = new Deflater();
      deflater.setInput(new byte[1000]);
      deflater.finish();
      deflater.deflate(new byte[2000]);
      if (i % 3 == 0) {
        deflater.end();
      }
      synchronized (KEPT) {
        KEPT.add(deflater);
      }
    }
  }
}
