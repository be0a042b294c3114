package io.tare.fleet.simulate;

import io.tare.fleet.simulate.Plan.Life;
import io.tare.fleet.simulate.Plan.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/**
 * What the plan of a simulated fleet says must be answered, reckoned minute by minute without any SQL. What the rows have beside the plan is
 * noise of known bounds: by that much an answer may be off, and by no more.
 */
public final class Exactly {
  private static final int HOUR = 3600;
  private static final int DAY = 86_400;
  /** Bytes of each account are whole pages, rounded down. */
  private static final double ROUNDING = 14 * 4096;

  private final Plan plan;
  private final List<Life> lives = new ArrayList<>();

  public Exactly(Plan.Size size) {
    plan = new Plan(size);
    for (int i = 0; i < size.nodes(); i++) {
      lives.addAll(plan.node(i).lives());
    }
  }

  /** A value, and by how much the noise can move it to either side. */
  public record Bounded(double value, double off) {
    public double least() {
      return value - off;
    }

    public double most() {
      return value + off;
    }
  }

  /**
   * A line through the last six hours of a process, and the hours that it leaves to the limit.
   *
   * @param fit the least and the most that the line's share of the variance can be
   */
  public record Line(String pod, Bounded perHour, Bounded left, Bounded fit) {
    /** Whether the noise can't keep it from being named. */
    public boolean mustBeNamed() {
      return fit.least() >= 0.6 && perHour.least() > 0 && left.most() < 24;
    }

    public boolean mayBeNamed() {
      return fit.most() >= 0.6 && perHour.most() > 0 && left.least() < 24;
    }
  }

  private static double busy(Service service, long second) {
    return 0.5 + 0.5 * Math.sin(2 * Math.PI * (second % DAY) / DAY + service.phase());
  }

  /** Its data with its leak, in whichever account. */
  private static double data(Life life, Service service, long second) {
    return life.liveBytes() * (0.8 + 0.2 * busy(service, second))
        + life.leakPerSecond() * (second - life.startSecond());
  }

  /** Net half an hour after the start and later; half of what the noise adds at most is in it. */
  private static double net(Life life, Service service, long second) {
    return data(life, service, second) + switch (service.runtime()) {
      case "HotSpot" -> 25e6 + busy(service, second) * 8e6 + netNoise(service);
      case "CPython" -> 9e6;
      default -> 0;
    };
  }

  private static double netNoise(Service service) {
    return service.runtime().equals("HotSpot") ? 1.5e6 : 0;
  }

  private static double workingSet(Life life, Service service, long second) {
    long up = second - life.startSecond();
    double busy = busy(service, second);
    long noise = life.noise();
    double idle = 6e6 + Math.min(up / (2.0 * DAY), 1) * 2e7;
    double rest = 5e5 + 1.6e6 + noise % 50 * 4096 + 4096 + (noise % 3 == 0 ? 3e6 : 0);
    return data(life, service, second) + rest + workingSetNoise(life, service) + switch (service.runtime()) {
      case "HotSpot" -> service.limitBytes() * (0.06 + 0.005 * (noise % 11) + 0.018) + 50e6 + noise % 40 * 1e6 + 28e6
          + noise % 9 * 1e6 + 13_275_136 + (30 + busy * 60) * 90e3 + 25e6 + busy * 8e6 + idle;
      case "Go" -> life.liveBytes() * 0.15 * (1 - busy) + 13e6 + busy * 9e6;
      case "CPython" -> 9e6 + idle + life.liveBytes() * 0.05;
      default -> idle;
    };
  }

  /** Half of what the noise adds at most: unexplained bytes, native stacks, and what the runtime has of its own. */
  private static double workingSetNoise(Life life, Service service) {
    double stacks = 9e4 + (life.noise() % 2 == 0 ? 4e5 : 0);
    return (2e6 + stacks + switch (service.runtime()) {
      case "HotSpot" -> 2e6;
      case "Go" -> 1e6;
      case "CPython" -> life.liveBytes() * 0.1;
      default -> 0;
    }) / 2;
  }

  /** By how much net of each version differs from that of the version before, both at the age of one to 25 hours. */
  public Map<List<String>, Bounded> drift() {
    Map<String, double[]> sums = new HashMap<>();
    for (Life life : lives) {
      if (life.service().isEmpty()) {
        continue;
      }
      Service service = life.service().get();
      double[] sum = sums.computeIfAbsent(service.name() + " " + life.version(), _ -> new double[2]);
      long from = Math.max(life.startSecond() + HOUR, plan.size().fromSecond());
      long to = Math.min(Math.min(life.startSecond() + 25 * HOUR, life.endSecond()), plan.size().toSecond());
      for (long second = from; second < to; second += 60) {
        sum[0] += net(life, service, second);
        sum[1]++;
      }
    }
    Map<List<String>, Bounded> changes = new HashMap<>();
    for (Service service : plan.services()) {
      for (int i = 1; i < service.deploys().size(); i++) {
        String version = service.deploys().get(i).version();
        double[] before = sums.getOrDefault(service.name() + " " + service.deploys().get(i - 1).version(),
            new double[2]);
        double[] after = sums.getOrDefault(service.name() + " " + version, new double[2]);
        if (before[1] > 0 && after[1] > 0) {
          changes.put(List.of(service.name(), version),
              new Bounded(after[0] / after[1] - before[0] / before[1], 2 * (netNoise(service) + ROUNDING)));
        }
      }
    }
    return changes;
  }

  /** The line of each process that ran till the end. */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    long end = plan.size().toSecond();
    for (Life life : lives) {
      if (life.service().isPresent() && life.startSecond() < end - 2 * HOUR && life.endSecond() >= end) {
        Service service = life.service().get();
        long from = Math.max(end - 6 * HOUR, life.startSecond() + HOUR / 2 + 60);
        lines.add(line(life.pod(), service.limitBytes(), from, end, second -> workingSet(life, service, second),
            workingSetNoise(life, service) + ROUNDING));
      }
    }
    return lines;
  }

  private static Line line(String pod, double limit, long from, long end, LongToDoubleFunction bytes, double noise) {
    long minutes = (end - from) / 60;
    double middle = (from + end - 60) / 2.0;
    double mean = 0;
    for (long second = from; second < end; second += 60) {
      mean += bytes.applyAsDouble(second) / minutes;
    }
    double across = 0;
    double both = 0;
    double total = 0;
    double lever = 0;
    for (long second = from; second < end; second += 60) {
      double hours = (second - middle) / HOUR;
      double above = bytes.applyAsDouble(second) - mean;
      across += hours * hours;
      both += hours * above;
      total += above * above;
      lever += Math.abs(hours);
    }
    // No noise within its bounds can turn the line by more: all of it up on one side, all of it down on the other.
    Bounded slope = new Bounded(both / across, noise * lever / across);
    double last = bytes.applyAsDouble(end - 60);
    double soonest = (limit - last - noise) / Math.max(slope.most(), 1e-9);
    double latest = slope.least() > 0 ? (limit - last + noise) / slope.least() : Double.POSITIVE_INFINITY;
    double beside = Math.sqrt(Math.max(0, total - both * both / across));
    double most = noise * Math.sqrt(minutes);
    return new Line(pod, slope, between(soonest, latest),
        between(share(slope.least(), across, beside + most), share(slope.most(), across, Math.max(0, beside - most))));
  }

  private static double share(double slope, double across, double beside) {
    double along = Math.max(0, slope) * Math.max(0, slope) * across;
    return along == 0 ? 0 : along / (along + beside * beside);
  }

  private static Bounded between(double least, double most) {
    return new Bounded((least + most) / 2, (most - least) / 2);
  }
}
