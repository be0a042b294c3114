package io.tare.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.AllocationSite;
import io.tare.probe.allocation.Allocation;
import io.tare.probe.allocation.Allocations;
import io.tare.probe.allocation.SteadyAllocation;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationsExampleTest {
  private static String parse(String line) {
    return line.substring(0, line.indexOf(','));
  }

  @Test
  void allocations() throws InterruptedException {
    String line = "key,value";
    // [allocations]
    long once = Allocations.of(() -> parse(line)).bytes(); // this run, this thread, to the byte

    SteadyAllocation warm = Allocations.perCall(() -> parse(line));
    System.out.println(warm); // 48 B per call after 301224 calls (…)

    List<AllocationSite> sites = Allocations.sites(() -> parse(line)); // sampled by JFR, biggest first

    Allocation withThreads = Allocations.ofAllThreads(() -> {
      Thread thread = new Thread(() -> parse(line));
      thread.start();
      thread.join();
    });
    // [end]
    assertThat(once).isPositive();
    assertThat(warm.bytesPerCall()).isLessThanOrEqualTo(warm.uncompiledBytes());
    assertThat(sites.size()).isLessThanOrEqualTo(10);
    assertThat(withThreads.bytes()).isPositive();
  }
}
