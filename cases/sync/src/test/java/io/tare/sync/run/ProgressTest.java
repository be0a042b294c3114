package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong now = new AtomicLong();
  private final List<String> lines = new ArrayList<>();
  private final Progress progress = new Progress(lines::add, now::get);

  @Test
  void itSaysHowFarHowFastAndHowLongStill() {
    progress.begin(Phase.TRANSFER, OptionalLong.of(10_000));
    pass(Duration.ofSeconds(10));
    progress.add(1000);
    assertThat(lines).containsExactly("transfer: 1,000 of 10,000 files, 100/s, 1 min 30 s left");
  }

  @Test
  void itIsSilentWithinASecond() {
    progress.begin(Phase.SCAN, OptionalLong.empty());
    pass(Duration.ofMillis(900));
    progress.add(100);
    assertThat(lines).isEmpty();
    pass(Duration.ofMillis(100));
    progress.add(100);
    assertThat(lines).containsExactly("scan: 200 files, 200/s");
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
