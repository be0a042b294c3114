import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** A program that allocates in many ways, and writes a flight recording of so many MB about it: {@code Recorded MB FILE WAYS}. */
public class Recorded {
  private static volatile Object kept;
  private static volatile boolean isOver;

  public static void main(String[] arguments) throws Exception {
    long goal = Long.parseLong(arguments[0]) << 20;
    Path file = Path.of(arguments[1]);
    // So many different ways through the functions below are taken, again and again.
    int ways = Integer.parseInt(arguments[2]);
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.enable("jdk.ObjectAllocationSample").with("throttle", "100000/s").withStackTrace();
      recording.enable("jdk.ObjectAllocationInNewTLAB").withStackTrace();
      recording.start();
      List<Thread> threads = new ArrayList<>();
      for (int worker = 0; worker < 6; worker++) {
        Random requests = new Random(worker);
        threads.add(Thread.ofPlatform().name("worker-" + worker).start(() -> {
          while (!isOver) {
            Random random = new Random(requests.nextInt(ways));
            walk(random, 2 + random.nextInt(30));
          }
        }));
      }
      while (recording.getSize() < goal) {
        Thread.sleep(100);
      }
      isOver = true;
      for (Thread thread : threads) {
        thread.join();
      }
      recording.stop();
      recording.dump(file);
    }
    System.out.println(Files.size(file));
  }

  private static void walk(Random random, int depth) {
    if (depth == 0) {
      allocate(random);
      return;
    }
    switch (random.nextInt(depth < 24 ? 2 : 6)) {
      case 0 -> order(random, depth - 1);
      case 1 -> walk(random, depth - 1);
      case 2 -> price(random, depth - 1);
      case 3 -> ship(random, depth - 1);
      case 4 -> bill(random, depth - 1);
      default -> store(random, depth - 1);
    }
  }

  private static void order(Random random, int depth) {
    walk(random, depth);
  }

  private static void price(Random random, int depth) {
    walk(random, depth);
  }

  private static void ship(Random random, int depth) {
    walk(random, depth);
  }

  private static void bill(Random random, int depth) {
    walk(random, depth);
  }

  private static void store(Random random, int depth) {
    walk(random, depth);
  }

  private static void allocate(Random random) {
    for (int i = 0; i < 8; i++) {
      switch (random.nextInt(6)) {
        case 0 -> kept = new byte[random.nextInt(4000)];
        case 1 -> kept = new long[random.nextInt(500)];
        case 2 -> kept = new HashMap<>(Map.of("a", random.nextInt(), "b", "text"));
        case 3 -> kept = "text " + random.nextLong();
        case 4 -> kept = new ArrayList<>(List.of(1, 2, 3));
        default -> kept = new Object[random.nextInt(800)];
      }
    }
  }
}
