package io.tare.ledger;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.ledger.runtimes.KnownRuntime.NetBasis;
import io.tare.ledger.runtimes.KnownRuntime.NetName;
import io.tare.ledger.runtimes.KnownRuntime.NetPart;
import io.tare.ledger.words.Words;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.Net;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the program itself put there and still uses. */
final class NetFigure {
  private NetFigure() {}

  static Net of(Ledger ledger, Evidence evidence) {
    Map<NetName, Long> sums = new EnumMap<>(NetName.class);
    for (KnownRuntime runtime : KnownRuntimes.ALL) {
      for (NetPart part : runtime.net(ledger, evidence)) {
        sums.merge(part.name(), part.bytes(), Math::addExact);
      }
    }
    List<Figure> parts = sums.entrySet().stream().filter(sum -> sum.getValue() > 0)
        .map(sum -> new Figure(sum.getKey().words(), Words.bytes(sum.getValue()))).toList();
    NetBasis basis = KnownRuntimes.ALL.stream().map(runtime -> runtime.netBasis(ledger, evidence))
        .flatMap(Optional::stream).findFirst().orElseThrow();
    return new Net(sums.values().stream().mapToLong(bytes -> bytes).sum(), basis.exact(), basis.words(), parts);
  }
}
