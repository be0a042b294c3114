package io.tare.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.leftovers.LeakProtocol;
import io.tare.probe.leftovers.LeakReport;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeakExampleTest {
  /** Forgets to remove a session when it ends. */
  private static final class Server {
    private final Map<Integer, long[]> sessions = new HashMap<>();

    void handle(int request) {
      sessions.put(request, new long[8]);
    }
  }

  @Test
  void leak() {
    // [leak]
    Server server = new Server();
    int[] request = {0};

    LeakReport report = LeakProtocol.rounds(20, () -> server.handle(request[0]++));

    if (report.verdict() == LeakReport.Verdict.LEAK) {
      System.out.println(report.inWords()); // long[]: +1.00, +80 B (80 to 80) per run …
    }
    // [end]
    assertThat(report.inWords()).contains("long[]: +1.00, +80 B");
  }
}
