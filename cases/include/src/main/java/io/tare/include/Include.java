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
        --listen ADDRESS                   where to listen                       (127.0.0.1)
        --port N                           and on which port                     (8080)
        --admin HOST:PORT                  GET /metrics, GET /health, PURGE /path or /path*, POST /reopen-log   (none)
        --access-log FILE                  a line for each request, combined format, seconds at its end         (none)
        --fragments-from HOST:PORT,…       other origins that includes may name  (none)
        --cache-mb N                       most weight of the fragment cache     (32)
        --ttl SECONDS                      fresh, when the origin does not say   (300)
        --revalidate SECONDS               and then used while a new one comes   (10)
        --stale SECONDS                    or if the origin fails                (60)
        --host client|origin|NAME          the Host that the origin is asked for (client: as it came)
        --forwarded x|rfc|both|none        X-Forwarded-*, or Forwarded, say who asked                           (x)
        --behind-proxy                     keep what the client says of earlier hops: it is a proxy of ours
        --gzip 0-9                         how hard assembled pages are packed for clients that take it         (4)
        --look-ahead-kb N                  pages up to this length that turn out without tags keep ETag,
                                           length, 304 and ranges                (64)
        --connections N                    most clients at once                  (4096)
        --idle-ms N  --head-ms N           quiet between requests; time for a head                              (30000, 10000)
        --stall-ms N                       a body without progress               (30000)
        --origin-connections N             for pages, and as many for fragments  (128)
        --connect-ms N  --silence-ms N  --total-ms N    what an origin may take  (1000, 2000, 10000)
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
