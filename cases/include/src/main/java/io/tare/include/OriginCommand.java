package io.tare.include;

import io.tare.include.http.HttpServer;
import io.tare.include.http.ServerLimits;
import io.tare.include.load.DemoOrigin;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Runs the demo origin until the input ends. */
final class OriginCommand {
  private OriginCommand() {}

  static int run(List<String> arguments, PrintStream out) throws IOException {
    Options options = Options.of(arguments, "--port", "--includes", "--max-age", "--folder");
    DemoOrigin origin = new DemoOrigin(options.number("--includes", 4, 40), options.number("--max-age", 300, 1_000_000),
        options.text("--folder").map(folder -> Path.of(folder).toAbsolutePath().normalize()));
    try (HttpServer server = HttpServer.start(options.number("--port", 8_081, 65_535), origin, ServerLimits.USUAL)) {
      out.println("origin on port " + server.port() + ", pid " + ProcessHandle.current().pid());
      InputLines.each(line -> out.println("unknown: " + line));
    }
    return Include.FINE;
  }
}
