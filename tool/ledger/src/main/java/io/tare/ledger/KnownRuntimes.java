package io.tare.ledger;

import io.tare.ledger.rules.IdleRuntimeHeap;
import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Rules;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.ledger.runtimes.cpython.CPython;
import io.tare.ledger.runtimes.databases.Databases;
import io.tare.ledger.runtimes.dotnet.Dotnet;
import io.tare.ledger.runtimes.go.Go;
import io.tare.ledger.runtimes.hotspot.HotSpot;
import io.tare.ledger.runtimes.natives.Natives;
import io.tare.ledger.runtimes.scripts.Scripts;
import io.tare.ledger.runtimes.v8.V8;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every runtime that Tare knows from inside. */
final class KnownRuntimes {
  /** The most particular first: where several could speak, the first does. What is common to all programs comes last. */
  static final List<KnownRuntime> ALL = List.of(new HotSpot(), new CPython(), new Go(), new V8(), new Scripts(),
      new Databases(), new Dotnet(), new Natives());

  private KnownRuntimes() {}

  /** All rules: the general ones, each runtime's own, and the one that runtimes share. */
  static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>(Rules.GENERAL);
    ALL.forEach(runtime -> rules.addAll(runtime.rules()));
    rules.add(new IdleRuntimeHeap(ALL.stream().map(KnownRuntime::keptIdle).flatMap(Optional::stream).toList()));
    return rules;
  }
}
