package io.tare.app.trial;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Confirmation;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.app.operand.ProcessChoice;
import io.tare.capture.CaptureException;
import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.Orders;
import io.tare.capture.proc.ProcessFolder;
import io.tare.ledger.Explanation;
import io.tare.model.report.Remedy;
import io.tare.report.look.Units;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** {@code tare try PID --remedy N}: a remedy that a running JVM can follow is applied to it, after its price was told and confirmed. */
final class LiveRemedy {
  static final Option REMEDY = Option.value("--remedy", "N",
      "of a process: apply this remedy of its report, where it takes no restart, and say what came back");
  static final Option YES = Option.flag("--yes", "of a process: don't ask before").shortAs("-y");
  private static final long SETTLING_MILLIS = 5_000;

  private LiveRemedy() {}

  static int apply(Arguments arguments, Console console, Confirmation confirmation) throws UsageException, IOException {
    if (!arguments.has(YES.name()) && !confirmation.isTerminal()) {
      throw new UsageException(
          "a remedy changes the process, and nobody is there to confirm that: the input is no terminal;"
              + " --yes applies it without being asked");
    }
    try {
      long pid = ProcessChoice.pid(arguments.single("process"), arguments);
      Remedy remedy = chosen(Explanation.explain(CaptureChoice.take(pid, arguments, console)).remedies(), arguments,
          pid);
      Orders.check(pid);
      console.err().println(remedy.action() + ": " + remedy.how());
      console.err().println("  said   " + (remedy.expectedBytes().isPresent()
          ? "about " + Units.BINARY.format(remedy.expectedBytes().getAsLong()) + " should come back"
          : "what comes back is not known beforehand"));
      console.err().println("  price  " + remedy.price());
      if (!arguments.has(YES.name()) && !confirmation.given("Apply it?", console)) {
        return ExitCode.FINE;
      }
      return applied(pid, remedy, console);
    } catch (CaptureException | AttachRefused failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Remedy chosen(List<Remedy> remedies, Arguments arguments, long pid) throws UsageException {
    long number = arguments.number(REMEDY.name(), 1).orElseThrow();
    if (remedies.isEmpty() || number > remedies.size()) {
      throw new UsageException("the report of " + pid + " has " + remedies.size() + " remedies: 'tare " + pid
          + "' shows them with their numbers");
    }
    Remedy remedy = remedies.get((int) number - 1);
    if (remedy.orders().isEmpty()) {
      throw new UsageException("remedy " + number + " takes more than an order to a running JVM: " + remedy.action()
          + (remedy.how().startsWith("-") ? "; tare try --vary 'jvm=," + remedy.how() + "' -- CMD tries it" : ""));
    }
    return remedy;
  }

  private static int applied(long pid, Remedy remedy, Console console)
      throws IOException, AttachRefused, CaptureException {
    long before = residentBytes(pid);
    for (String order : remedy.orders()) {
      Orders.give(pid, order);
    }
    settle();
    long got = before - residentBytes(pid);
    OptionalLong said = remedy.expectedBytes();
    console.out().println(Units.BINARY.format(Math.abs(got)) + (got < 0 ? " more than before" : " came back")
        + (said.isPresent() ? " of " + Units.BINARY.format(said.getAsLong()) + " that were said" : ""));
    return ExitCode.FINE;
  }

  /** What is given back is given back within moments; then the program goes on as before. */
  private static void settle() {
    try {
      Thread.sleep(SETTLING_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static long residentBytes(long pid) throws IOException {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).text("status").stream().flatMap(String::lines)
        .filter(line -> line.startsWith("VmRSS:")).map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow(() -> new IOException("process " + pid + " has ended"));
  }
}
