package io.tare.sync.bench;

import io.tare.sync.rewrite.Change;
import io.tare.sync.rewrite.Rewrite;
import io.tare.sync.rewrite.RewriteResult;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.util.function.Consumer;

/** Fills a state file with synthetic files and times prepare and finalize over all of them: every file changes in both, which is the worst case. */
public final class Bench {
  private Bench() {}

  public static void fillAndRewrite(StateCache cache, long files, Rewrite rewrite, Consumer<PhaseResult> results)
      throws IOException {
    PhaseMeter fill = PhaseMeter.start("fill", cache);
    SyntheticFiles.fill(cache, files);
    results.accept(fill.end(files, cache));
    results.accept(phase(Change.PREPARE, cache, rewrite));
    results.accept(phase(Change.FINALIZE, cache, rewrite));
  }

  public static PhaseResult phase(Change change, StateCache cache, Rewrite rewrite) throws IOException {
    PhaseMeter meter = PhaseMeter.start(change.name(), cache);
    RewriteResult result = rewrite.apply(change, cache, meter);
    return meter.end(result.visited(), cache);
  }
}
