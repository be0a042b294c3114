package io.tare.cases.faults;

import io.tare.cases.faults.launch.Launch;
import io.tare.cases.faults.launch.Launcher;
import io.tare.cases.faults.scene.Json;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.scene.Stage;
import io.tare.cases.faults.table.Fault;
import io.tare.cases.faults.table.FaultTable;
import io.tare.cases.faults.table.Program;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The labelled corpus: {@code Faults NAME} makes one known memory situation, prints its truth as one line of JSON and
 * waits until its input ends; {@code Faults list} names them all; {@code Faults launch NAME} prints the command that
 * starts one as it wants to be started.
 */
public final class Faults {
  private static final int FINE = 0;
  private static final int USAGE = 2;
  private static final int SKIPPED = 3;
  private static final String USAGE_TEXT = """
      usage: Faults list [--size 64m]
             Faults launch NAME [--java FILE] [--collector G1] [--size 64m] [--hold SECONDS] [--dir DIR] [--build DIR]
             Faults NAME [--size 64m] [--hold SECONDS] [--dir DIR] [--grow BYTES_PER_SECOND]""";

  private Faults() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int exitCode;
    try {
      exitCode = run(Options.parse(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE_TEXT);
      exitCode = USAGE;
    }
    System.exit(exitCode);
  }

  private static int run(Options options) throws IOException, InterruptedException {
    return switch (options.command()) {
      case "list" -> list(options);
      case "launch" -> launch(options);
      default -> stage(options);
    };
  }

  private static int list(Options options) {
    for (Fault fault : FaultTable.all()) {
      System.out.println(Json.of(FaultFacts.of(fault, options.sizeBytes())));
    }
    return FINE;
  }

  private static int launch(Options options) throws IOException, InterruptedException {
    Fault fault = named(options.name().orElseThrow());
    try {
      Launch launch = Launcher.launch(fault, LaunchOptions.of(options));
      System.out.println(Json.of(Map.of("command", launch.command(), "environment", launch.environment())));
      return FINE;
    } catch (Skipped skipped) {
      return skipped(fault, skipped);
    }
  }

  private static int stage(Options options) throws IOException, InterruptedException {
    Fault fault = named(options.command());
    if (!(fault.program() instanceof Program.Jvm jvm)) {
      throw new IllegalArgumentException(fault.name() + " does not run in a JVM: start what 'launch' prints");
    }
    Setting setting = new Setting(options.sizeBytes(), options.directory(), options.growBytesPerSecond());
    try {
      new Stage(fault.name(), options.hold()).play(jvm.situation(), setting);
      return FINE;
    } catch (Skipped skipped) {
      return skipped(fault, skipped);
    }
  }

  private static int skipped(Fault fault, Skipped reason) {
    System.out.println(
        Json.of(Map.of("fault", fault.name(), "ready", false, "skipped", String.valueOf(reason.getMessage()))));
    return SKIPPED;
  }

  private static Fault named(String name) {
    return FaultTable.byName(name).orElseThrow(() -> new IllegalArgumentException("no fault is named " + name));
  }
}
