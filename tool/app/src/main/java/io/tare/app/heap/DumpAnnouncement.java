package io.tare.app.heap;

import io.tare.app.cli.Console;
import io.tare.capture.dump.DumpEstimate;
import io.tare.capture.dump.DumpPlace;
import io.tare.capture.dump.DumpRequest;
import io.tare.model.capture.Capture;
import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Says what a dump will cost before it is taken. */
record DumpAnnouncement(Capture capture, DumpPlace place, DumpRequest request) {

  void say(OptionalLong used, DumpEstimate estimate, Optional<Path> destination, Console console) {
    String heap = used.isPresent() ? ", heap in use " + Units.BINARY.format(used.getAsLong()) : "";
    console.err().println("process " + capture.target().pid() + " (" + capture.target().name() + ")" + heap);
    console.err().println("  dump   " + size(used, estimate) + ", written to " + place.asTarget() + " ("
        + Units.BINARY.format(place.roomBytes()) + " free)");
    console.err().println("  price  " + price(used, estimate));
    console.err().println("  then   " + destination.map(file -> "kept as " + file)
        .orElse("removed after the analysis; --keep or -o FILE.hprof keeps it"));
  }

  private String size(OptionalLong used, DumpEstimate estimate) {
    return used.isEmpty()
        ? "of unknown size"
        : "about " + Units.BINARY.format(estimate.likelyBytes()) + ", at most "
            + Units.BINARY.format(estimate.mostBytes());
  }

  private String price(OptionalLong used, DumpEstimate estimate) {
    String collection = request.liveOnly() ? "a full collection, then " : "";
    return collection + "all its threads stand still" + (used.isEmpty()
        ? " for a time that can't be told"
        : " for about " + Count.millis(estimate.fromMillis()) + " to " + Count.millis(estimate.toMillis()));
  }
}
