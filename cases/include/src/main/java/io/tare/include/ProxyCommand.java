package io.tare.include;

import io.tare.include.fragment.FragmentLimits;
import io.tare.include.fragment.Freshness;
import io.tare.include.http.Origin;
import io.tare.include.http.OriginLimits;
import io.tare.include.http.ServerLimits;
import io.tare.include.page.PageLimits;
import io.tare.include.proxy.AccessLog;
import io.tare.include.proxy.Passing;
import io.tare.include.proxy.QuietLog;
import io.tare.include.proxy.RunningProxy;
import io.tare.include.proxy.Settings;
import io.tare.probe.MemoryStats;
import io.tare.probe.marks.Marks;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Runs a proxy until the input ends. A line of input is a label: the proxy marks it and says what it weighs then. */
final class ProxyCommand {
  private static final String[] OPTIONS = {"--origin", "--listen", "--port", "--admin", "--access-log",
      "--fragments-from", "--host", "--forwarded", "--behind-proxy", "--cache-mb", "--ttl", "--revalidate", "--stale",
      "--gzip", "--look-ahead-kb", "--connections", "--idle-ms", "--head-ms", "--stall-ms", "--origin-connections",
      "--connect-ms", "--silence-ms", "--total-ms", "--naive"};

  private ProxyCommand() {}

  static int run(List<String> arguments, PrintStream out) throws IOException {
    Options options = Options.of(arguments, OPTIONS);
    Settings settings = settings(options);
    InetSocketAddress listen = new InetSocketAddress(options.text("--listen").orElse("127.0.0.1"),
        options.number("--port", 8_080, 65_535));
    if (listen.isUnresolved()) {
      throw new UsageError("--listen is an address of this machine, not " + listen.getHostString());
    }
    QuietLog log = new QuietLog(System.err);
    try (RunningProxy proxy = start(options, settings, doors(options, listen), log)) {
      out.println((options.isNaive() ? "naive" : "repaired") + " proxy of " + settings.origin() + " on port "
          + proxy.port() + ", pid " + ProcessHandle.current().pid()
          + (proxy.adminPort().isPresent() ? ", admin on port " + proxy.adminPort().getAsInt() : ""));
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
      throw new UsageError("can't listen on " + listen + ": " + e.getMessage(), e);
    }
    return Include.FINE;
  }

  private static Settings settings(Options options) {
    Origin origin = origin(
        options.text("--origin").orElseThrow(() -> new UsageError("which origin? --origin HOST:PORT")));
    Set<Origin> origins = new HashSet<>(Set.of(origin));
    options.text("--fragments-from")
        .ifPresent(all -> List.of(all.split(",", -1)).forEach(one -> origins.add(origin(one))));
    return new Settings(origin, origins, (long) options.number("--cache-mb", 32, 100_000) << 20, limits(options),
        passing(options, origin));
  }

  private static Settings.Limits limits(Options options) {
    ServerLimits server = ServerLimits.USUAL;
    OriginLimits origin = OriginLimits.USUAL;
    Freshness usual = new Freshness(options.number("--ttl", 300, 1_000_000) * 1_000L,
        options.number("--revalidate", 10, 1_000_000) * 1_000L, options.number("--stale", 60, 1_000_000) * 1_000L);
    return new Settings.Limits(
        new ServerLimits(options.number("--connections", server.connections(), 1_000_000),
            millis(options, "--idle-ms", server.idleMillis()), millis(options, "--head-ms", server.headMillis()),
            millis(options, "--stall-ms", server.stallMillis())),
        new OriginLimits(options.number("--origin-connections", origin.connections(), 100_000),
            millis(options, "--connect-ms", origin.connectMillis()),
            millis(options, "--silence-ms", origin.silenceMillis()),
            millis(options, "--total-ms", origin.totalMillis())),
        new FragmentLimits(FragmentLimits.USUAL.mostBytes(), usual), PageLimits.USUAL);
  }

  /** At least one: the machine takes 0 for "without end". */
  private static int millis(Options options, String name, int otherwise) {
    return Math.max(1, options.number(name, otherwise, 86_400_000));
  }

  private static Passing passing(Options options, Origin origin) {
    String host = options.text("--host").orElse("client");
    String forwarded = options.text("--forwarded").orElse("x");
    if (!List.of("x", "rfc", "both", "none").contains(forwarded)) {
      throw new UsageError("--forwarded is x, rfc, both or none, not " + forwarded);
    }
    return new Passing(
        host.equals("client") ? Optional.empty() : Optional.of(host.equals("origin") ? origin.toString() : host),
        Passing.Forwarded.valueOf(forwarded.toUpperCase(Locale.ROOT)), options.has("--behind-proxy"),
        options.number("--gzip", Passing.USUAL.gzipLevel(), 9), options.number("--look-ahead-kb", 64, 65_536) << 10);
  }

  private static RunningProxy start(Options options, Settings settings, RunningProxy.Doors doors, QuietLog log)
      throws IOException {
    return options.isNaive()
        ? RunningProxy.startNaive(doors, settings, log)
        : RunningProxy.start(doors, settings, log);
  }

  private static RunningProxy.Doors doors(Options options, InetSocketAddress listen) throws IOException {
    Optional<InetSocketAddress> admin = options.text("--admin").map(ProxyCommand::origin)
        .map(address -> new InetSocketAddress(address.host(), address.port()));
    Optional<String> file = options.text("--access-log");
    return new RunningProxy.Doors(listen, admin,
        file.isPresent() ? Optional.of(AccessLog.to(Path.of(file.get()))) : Optional.empty());
  }

  static Origin origin(String text) {
    try {
      return Origin.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageError(e.getMessage(), e);
    }
  }
}
