package io.tare.report.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Advice;
import io.tare.model.history.Advice.Setting;
import io.tare.model.history.Checklist;
import io.tare.model.history.Checklist.Answer;
import io.tare.model.history.Checklist.Item;
import io.tare.model.report.Figure;
import io.tare.report.AdviceRenderers;
import io.tare.report.Golden;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceGoldenTest {
  private static final long MB = 1 << 20;
  private static final TextOptions PLAIN = TextOptions.plain(100);

  private static Advice sizes() {
    return new Advice("orders.jar, pid 4711", "HotSpot JVM", Duration.ofMinutes(30), List.of(
        new Setting(Advice.LIMIT, "container limit", 220 * MB, "", "the heap's maximum and what lies beside",
            List.of(new Figure("beside the heap, at most", "110 MB"))),
        new Setting(Advice.REQUEST, "container request", 200 * MB, "", "what it stayed below", List.of()),
        new Setting(Advice.HEAP_MOST, "heap, at most", 96 * MB, "-Xmx96m", "1.60 times what was left", List.of()),
        new Setting(Advice.HEAP_LEAST, "heap, at the start", 60 * MB, "-Xms60m", "what stays alive", List.of())),
        List.of(), List.of("A load that was not recorded is not covered."));
  }

  private static Advice refused() {
    return new Advice("orders.jar, pid 4711", "HotSpot JVM", Duration.ofSeconds(10), List.of(),
        List.of("orders.jar, pid 4711: there was no load"), List.of());
  }

  private static Checklist list() {
    return new Checklist("orders.jar, pid 4711",
        List.of(new Item("limit", "a memory limit is set", Answer.YES, "512 MB", ""),
            new Item("heap-dump", "a heap dump is written when memory runs out", Answer.NO, "not among its options",
                "-XX:+HeapDumpOnOutOfMemoryError"),
            new Item("leak", "it does not leak", Answer.CANNOT_TELL, "one reading shows no growth",
                "tare record 4711")));
  }

  @Test
  void sizesAndTheListAreShownAsBefore() throws IOException {
    Golden.check("advice.txt", AdviceRenderers.render(sizes(), Format.TEXT, PLAIN));
    Golden.check("advice.json", AdviceRenderers.render(sizes(), Format.JSON, PLAIN));
    Golden.check("advice-refused.txt", AdviceRenderers.render(refused(), Format.TEXT, PLAIN));
    Golden.check("checklist.txt", AdviceRenderers.render(list(), Format.TEXT, PLAIN));
    Golden.check("checklist.json", AdviceRenderers.render(list(), Format.JSON, PLAIN));
  }

  @Test
  void fragmentsCanBePastedAsTheyStand() {
    assertThat(Fragments.of(sizes())).extracting(Fragments.Fragment::text).containsExactly("""
        resources:
          requests:
            memory: 200Mi
          limits:
            memory: 220Mi
        env:
          - name: JDK_JAVA_OPTIONS
            value: "-Xms60m -Xmx96m"
        """, """
        mem_limit: 220m
        mem_reservation: 200m
        environment:
          JDK_JAVA_OPTIONS: "-Xms60m -Xmx96m"
        """, """
        [Service]
        MemoryMax=220M
        Environment="JDK_JAVA_OPTIONS=-Xms60m -Xmx96m"
        """, """
        JDK_JAVA_OPTIONS='-Xms60m -Xmx96m' CMD
        """);
    assertThat(Fragments.of(refused())).isEmpty();
  }

  private static List<String> ofWorkers(String option) {
    Advice workers = new Advice("server, pid 4711", "CPython", Duration.ofMinutes(30),
        List.of(new Setting(Advice.LIMIT, "container limit", 155 * MB, "", "three of them", List.of()),
            new Setting(Advice.WORKERS, "all workers", 141 * MB, option, "as many as were recorded", List.of())),
        List.of(), List.of());
    return Fragments.of(workers).stream().map(one -> one.title() + ":\n" + one.text()).toList();
  }

  @Test
  void aNumberOfWorkersStandsWhereTheServerReadsIt() {
    assertThat(ofWorkers("WEB_CONCURRENCY=3")).containsExactly("""
        Kubernetes, in the container:
        resources:
          requests:
            memory: 155Mi
          limits:
            memory: 155Mi
        env:
          - name: WEB_CONCURRENCY
            value: "3"
        """, """
        Compose, in the service:
        mem_limit: 155m
        mem_reservation: 155m
        environment:
          WEB_CONCURRENCY: "3"
        """, """
        systemd, in the unit:
        [Service]
        MemoryMax=155M
        Environment="WEB_CONCURRENCY=3"
        """, """
        command line:
        WEB_CONCURRENCY='3' CMD
        """);
    assertThat(ofWorkers("pm.max_children = 3")).containsExactly("""
        Kubernetes, in the container:
        resources:
          requests:
            memory: 155Mi
          limits:
            memory: 155Mi
        """, """
        Compose, in the service:
        mem_limit: 155m
        mem_reservation: 155m
        """, """
        systemd, in the unit:
        [Service]
        MemoryMax=155M
        """, """
        in the server's own settings:
        pm.max_children = 3
        """);
  }
}
