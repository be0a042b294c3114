package io.tare.offsets;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The command line: {@code offsets run}, {@code offsets leaks}, {@code offsets stuck}. */
public final class Offsets {
  static final int FINE = 0;
  static final int FINDING = 1;
  static final int USAGE = 2;

  private static final Set<String> OF_PLAN = Set.of("--variant", "--instances", "--messages", "--leak", "--rounds");
  private static final String HELP = """
      Tracks which messages of a partition are done, with all the ways to leak that such a tracker has.

      offsets run    START, some rounds of messages, AFTER RUN, a GC, AFTER GC: what came back and what did not
      offsets leaks  rounds of messages under the leak protocol: what grows with every round, by name
      offsets stuck  the first message is never done: what the messages behind it take

      --variant ring|locked-map|concurrent-map   how to track                          (ring)
      --leak loops,entries,timers,statics        what to leave behind                  (nothing)
      --instances N                              partitions                            (8)
      --messages N                               messages for each partition and round (run 100000, leaks 2000; stuck 10000000 in all)
      --rounds N                                 rounds                                (run 3, leaks 10)
      --pause                                    run: waits for Enter at each stage, to be weighed by tare
      """;

  private Offsets() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments), System.out));
  }

  static int run(List<String> arguments, PrintStream out) throws InterruptedException {
    try {
      return command(arguments.isEmpty() ? "help" : arguments.getFirst(), arguments.stream().skip(1).toList(), out);
    } catch (UsageError e) {
      out.println("offsets: " + e.getMessage());
      return USAGE;
    }
  }

  private static int command(String name, List<String> rest, PrintStream out) throws InterruptedException {
    return switch (name) {
      case "run" -> {
        Options options = Options.of(rest, with(OF_PLAN, "--pause"));
        yield RunCommand.run(options.plan(100_000), options.number("--rounds", 3, 10_000), options.has("--pause"), out);
      }
      case "leaks" -> {
        Options options = Options.of(rest, OF_PLAN);
        yield LeaksCommand.run(options.plan(2_000), options.number("--rounds", 10, 1_000), out);
      }
      case "stuck" -> {
        Options options = Options.of(rest, Set.of("--variant", "--messages"));
        yield StuckCommand.run(options.variant(), options.number("--messages", 10_000_000, 1_000_000_000), out);
      }
      case "help", "--help", "-h" -> {
        out.print(HELP);
        yield FINE;
      }
      default -> throw new UsageError("unknown command " + name + "; there are run, leaks, stuck and help");
    };
  }

  private static Set<String> with(Set<String> options, String more) {
    String[] all = Arrays.copyOf(options.toArray(String[]::new), options.size() + 1);
    all[options.size()] = more;
    return Set.of(all);
  }
}
