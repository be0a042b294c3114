package io.tare.formats.memory;

import static io.tare.formats.memory.FactLines.hex;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.alloc.NativeThread;
import io.tare.model.capture.ArtifactNames;
import java.util.ArrayList;
import java.util.List;

/** Thread control blocks: {@code thread tid=4711 live=true main=false start=7f00a000 end=7f10a000}. */
public final class NativeThreadsText {
  private static final String HEADER = "native-threads";

  private NativeThreadsText() {}

  public static String write(Parsed<List<NativeThread>> threads) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of(HEADER, "count", threads.value().size()));
    for (NativeThread thread : threads.value()) {
      facts.add(Fact.of("thread", "tid", thread.tid(), "live", thread.live(), "main", thread.main(), "start",
          hex(thread.stack().start()), "end", hex(thread.stack().end())));
    }
    return FactLines.text(facts, threads.problems());
  }

  public static Parsed<List<NativeThread>> parse(String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(ArtifactNames.PTHREADS, HEADER, text, limits);
    List<NativeThread> threads = new ArrayList<>();
    for (Fact fact : lines.withWord("thread")) {
      lines.range(fact).ifPresent(stack -> threads.add(
          new NativeThread(fact.number("tid").orElse(0), isTrue(fact, "live"), isTrue(fact, "main"), stack)));
    }
    return new Parsed<>(List.copyOf(threads), lines.problems());
  }

  private static boolean isTrue(Fact fact, String key) {
    return fact.text(key).filter("true"::equals).isPresent();
  }
}
