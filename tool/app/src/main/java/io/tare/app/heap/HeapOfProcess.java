package io.tare.app.heap;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Confirmation;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.StepLine;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.capture.CaptureException;
import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.TargetProcess;
import io.tare.capture.dump.DumpEstimate;
import io.tare.capture.dump.DumpFolder;
import io.tare.capture.dump.DumpPlace;
import io.tare.capture.dump.DumpPlaces;
import io.tare.capture.dump.DumpRefused;
import io.tare.capture.dump.DumpRequest;
import io.tare.capture.dump.DumpTaken;
import io.tare.capture.dump.HeapDumper;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.proc.ProcessIdentity;
import io.tare.heap.saved.IndexPlace;
import io.tare.model.capture.Capture;
import io.tare.model.heap.DumpCost;
import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Has a running JVM dump its heap: says what it will cost, asks, dumps, and cleans up afterwards. */
final class HeapOfProcess {
  static final List<Option> OPTIONS = List.of(
      Option.flag("--live", "of a process: collect garbage first (a full collection) and dump live objects only"),
      Option.flag("--yes", "of a process: don't ask before the dump").shortAs("-y"),
      Option.flag("--keep", "of a process: keep the dump in the current folder (or name it: -o FILE.hprof)"),
      Option.value("--dump-in", "DIR", "of a process: folder, as the process sees it, that it writes the dump to"),
      Option.value("--gz", "LEVEL", "of a process: let the JVM compress the dump, 1 (fast) to 9; JDK 17 and later"));

  private static final int MOST_GZIP = 9;

  private final Arguments arguments;
  private final Console console;
  private final Confirmation confirmation;

  HeapOfProcess(Arguments arguments, Console console, Confirmation confirmation) {
    this.arguments = arguments;
    this.console = console;
    this.confirmation = confirmation;
  }

  /** Empty if the person said no. */
  Optional<HeapInput> dump(long pid, Optional<Path> destination)
      throws UsageException, IOException, CaptureException, AttachRefused, DumpRefused {
    DumpRequest request = request();
    if (!arguments.has("--yes")) {
      confirmation.mustBePossible();
    }
    ProcessFolder process = new ProcessFolder(ProcessFolder.LIVE_ROOT, pid);
    Capture capture = CaptureChoice.take(pid, arguments, console);
    ProcessIdentity identity = process.identity().orElseThrow(() -> new CaptureException(
        CaptureException.Reason.GONE, "process " + pid + " has ended"));
    TargetProcess target = new TargetProcess(process, identity.startTicks());
    HeapDumper dumper = new HeapDumper(target);
    dumper.check();
    OptionalLong used = HeapUse.of(capture);
    DumpEstimate estimate = DumpEstimate.of(used.orElse(0), request);
    Optional<Path> folder = destination.map(file -> file.toAbsolutePath().normalize().getParent());
    DumpPlace place = DumpPlaces.choose(target,
        new DumpPlaces.Wish(arguments.value("--dump-in").map(Path::of), folder, estimate.mostBytes()));
    new DumpAnnouncement(capture, place, request).say(used, estimate, destination, console);
    if (!arguments.has("--yes") && !confirmation.given("Dump it?", console)) {
      return Optional.empty();
    }
    return Optional.of(take(new Order(capture, target, dumper, request), place, destination));
  }

  /** What is to be done, once it is clear. */
  private record Order(Capture capture, TargetProcess process, HeapDumper dumper, DumpRequest request) {}

  private HeapInput take(Order order, DumpPlace place, Optional<Path> destination)
      throws AttachRefused, DumpRefused, IOException {
    DumpFolder folder = DumpFolder.in(place, order.process(),
        warning -> console.err().println("tare: " + warning));
    boolean done = false;
    try {
      DumpTaken taken = taken(order, folder);
      DumpCost cost = new DumpCost(order.process().folder().pid(), taken.millis(), taken.fileBytes(),
          taken.grownBytes(),
          order.request().liveOnly());
      console.err().println("dumped " + Units.BINARY.format(cost.fileBytes()) + " in " + Count.millis(cost.millis())
          + "; the process's RSS changed by " + Units.BINARY.formatSigned(cost.grownBytes()));
      Path file = destination.isPresent() ? DumpMove.move(folder, destination.get(), console) : folder.file();
      done = true;
      return new HeapInput(file, Optional.of(cost), Optional.of(order.capture()), IndexPlace.NONE, folder);
    } finally {
      if (!done) {
        folder.close();
      }
    }
  }

  private DumpTaken taken(Order order, DumpFolder folder) throws AttachRefused, DumpRefused {
    try (StepLine steps = new StepLine(console)) {
      return order.dumper().take(folder, order.request(),
          bytes -> steps.show("the process writes its dump: " + Units.BINARY.format(bytes)));
    }
  }

  private DumpRequest request() throws UsageException {
    OptionalLong level = arguments.number("--gz", 1);
    if (level.orElse(1) > MOST_GZIP) {
      throw new UsageException("--gz is a level from 1 (fast) to 9 (small)");
    }
    return new DumpRequest(arguments.has("--live"),
        level.isPresent() ? OptionalInt.of((int) level.getAsLong()) : OptionalInt.empty());
  }
}
