package io.tare.include;

import io.tare.include.fragment.FragmentLimits;
import io.tare.include.fragment.Freshness;
import io.tare.include.http.Origin;
import io.tare.include.http.OriginLimits;
import io.tare.include.http.ServerLimits;
import io.tare.include.page.PageLimits;
import io.tare.include.proxy.QuietLog;
import io.tare.include.proxy.RunningProxy;
import io.tare.include.proxy.Settings;
import io.tare.probe.Marks;
import io.tare.probe.MemoryStats;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs a proxy until the input ends. A line of input is a label: the proxy marks it and says what it weighs then. */
final class ProxyCommand {
  private ProxyCommand() {}

  static int run(List<String> arguments, PrintStream out) throws IOException {
    Options options = Options.of(arguments, "--origin", "--port", "--fragments-from", "--cache-mb", "--ttl", "--stale",
        "--naive");
    Settings settings = settings(options);
    int port = options.number("--port", 8_080, 65_535);
    QuietLog log = new QuietLog(System.err);
    try (RunningProxy proxy = options.isNaive()
        ? RunningProxy.startNaive(port, settings, log)
        : RunningProxy.start(port, settings, log)) {
      out.println((options.isNaive() ? "naive" : "repaired") + " proxy of " + settings.origin() + " on port "
          + proxy.port() + ", pid "
          + ProcessHandle.current().pid());
      Marks.logTo(out::println);
      InputLines.each(label -> {
        if (label.equals("gc")) {
          System.gc();
        } else {
          Marks.at(label, proxy.cache().size());
          MemoryStats.now().heapLiveBytes()
              .ifPresent(live -> out.println(label + ": live after the last GC: " + live + " bytes"));
        }
      });
      Marks.logTo(null);
    } catch (BindException e) {
      throw new UsageError("can't listen on port " + port + ": " + e.getMessage(), e);
    }
    return Include.FINE;
  }

  private static Settings settings(Options options) {
    Origin origin = origin(
        options.text("--origin").orElseThrow(() -> new UsageError("which origin? --origin HOST:PORT")));
    Set<Origin> origins = new HashSet<>(Set.of(origin));
    options.text("--fragments-from")
        .ifPresent(all -> List.of(all.split(",", -1)).forEach(one -> origins.add(origin(one))));
    Freshness usual = new Freshness(options.number("--ttl", 300, 1_000_000) * 1_000L,
        options.number("--stale", 60, 1_000_000) * 1_000L);
    return new Settings(origin, origins, (long) options.number("--cache-mb", 32, 100_000) << 20,
        new Settings.Limits(ServerLimits.USUAL, OriginLimits.USUAL,
            new FragmentLimits(FragmentLimits.USUAL.mostBytes(), usual),
            PageLimits.USUAL));
  }

  static Origin origin(String text) {
    try {
      return Origin.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageError(e.getMessage(), e);
    }
  }
}
