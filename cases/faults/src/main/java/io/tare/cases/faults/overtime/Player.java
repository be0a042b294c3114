package io.tare.cases.faults.overtime;

import io.tare.cases.faults.scene.Hold;
import io.tare.cases.faults.scene.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plays a story in this JVM: prints its truth, then lets its time pass until the input ends or the hold is over. */
final class Player {
  private static final long TICK_MILLIS = 20;

  private final Story story;
  private final Scene scene;

  Player(Story story, Scene scene) {
    this.story = story;
    this.scene = scene;
  }

  void play(Duration hold) throws IOException, InterruptedException {
    Plot plot = story.maker().make(scene);
    Requests requests = new Requests();
    System.out.println(truth());
    System.out.flush();
    ThreadPlot.daemon(Player::endWithInput).start();
    long start = System.nanoTime();
    double seconds = 0;
    while (seconds < hold.toSeconds()) {
      double minute = seconds * scene.speed() / 60;
      plot.reach(minute);
      if (story.busy()) {
        requests.reach(minute, seconds);
      }
      Thread.sleep(TICK_MILLIS);
      seconds = (System.nanoTime() - start) / 1e9;
    }
    System.err.println("held as long as asked; requests " + requests.checksum());
  }

  private String truth() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("story", story.name());
    line.put("pid", ProcessHandle.current().pid());
    line.put("jdk", System.getProperty("java.version", ""));
    line.put("speed", scene.speed());
    line.put("leaksPerMinute", story.leaks());
    line.put("growsPerMinute", story.grows());
    line.put("ready", true);
    return Json.of(line);
  }

  private static void endWithInput() {
    try {
      Hold.untilInputEnds();
      System.exit(0);
    } catch (IOException broken) {
      System.exit(1);
    }
  }
}
