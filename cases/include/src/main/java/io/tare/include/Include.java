package io.tare.include;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The command line: {@code include proxy}, {@code include origin}, {@code include load}. */
public final class Include {
  static final int FINE = 0;
  static final int FINDING = 1;
  static final int USAGE = 2;
  private static final String HELP = """
      Assembles pages from fragments as they stream by (ESI), between a client and its origin.

      include proxy --origin HOST:PORT     the proxy, until its input ends
        --port N                           where to listen, on loopback          (8080)
        --fragments-from HOST:PORT,…       other origins that includes may name  (none)
        --cache-mb N                       most weight of the fragment cache     (32)
        --ttl SECONDS                      fresh, when the origin does not say   (300)
        --stale SECONDS                    and then usable if the origin fails   (60)
        --naive                            strings, regular expressions, a map that only grows
      include origin                       an origin with pages, until its input ends
        --port N                           where to listen, on loopback          (8081)
        --includes N                       includes of a page                    (4)
        --max-age SECONDS                  how long its fragments are fresh      (300)
        --folder DIR                       files to serve beside them
      include load --target HOST:PORT      arrivals at random moments, whatever the answers do
        --kind page|plain|fragment         what to ask for                       (page)
        --pages N                          how many different ones               (1000)
        --rate N                           arrivals a second                     (500)
        --seconds N                        for how long                          (10)
        --most N                           most requests under way               (512)
        --seed N                           of the arrivals                       (1)
      """;

  private Include() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(List.of(arguments), System.out));
  }

  static int run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
    List<String> rest = arguments.stream().skip(1).toList();
    try {
      return switch (arguments.isEmpty() ? "help" : arguments.getFirst()) {
        case "proxy" -> ProxyCommand.run(rest, out);
        case "origin" -> OriginCommand.run(rest, out);
        case "load" -> LoadCommand.run(rest, out);
        case "help", "--help", "-h" -> {
          out.print(HELP);
          yield FINE;
        }
        default ->
          throw new UsageError("unknown command " + arguments.getFirst() + "; there are proxy, origin, load and help");
      };
    } catch (UsageError e) {
      out.println("include: " + e.getMessage());
      return USAGE;
    }
  }
}
