package io.tare.fleet;

import io.tare.app.Main;
import io.tare.app.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines as a user would, and keeps what the last one printed. */
public final class Terminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final Map<String, String> environment = new HashMap<>(Map.of("LANG", "C.UTF-8", "COLUMNS", "120"));

  public Terminal() {}

  /** @param more variables of the environment */
  public Terminal(Map<String, String> more) {
    environment.putAll(more);
  }

  public int run(String... words) {
    out.reset();
    err.reset();
    return Main.run(List.of(words), new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8), false, false, environment));
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
