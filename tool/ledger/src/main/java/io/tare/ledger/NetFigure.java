package io.tare.ledger;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.ledger.runtimes.KnownRuntime.NetName;
import io.tare.ledger.runtimes.KnownRuntime.NetPart;
import io.tare.ledger.words.Words;
import io.tare.model.ledger.ByteRange;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.Net;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the program itself put there and still uses. What may or may not be in use, and what has no owner, widens the range: it counts
 * as net at most and never at least.
 */
final class NetFigure {
  private NetFigure() {}

  static Net of(Ledger ledger, Evidence evidence) {
    List<NetPart> all = parts(ledger, evidence);
    Map<NetName, ByteRange> sums = new EnumMap<>(NetName.class);
    all.stream().map(NetPart::name).distinct().forEach(name -> sums.put(name, sum(name, all)));
    List<Figure> parts = sums.entrySet().stream().filter(sum -> sum.getValue().mostBytes() > 0)
        .map(sum -> new Figure(sum.getKey().words(), Words.range(sum.getValue()))).toList();
    String basis = KnownRuntimes.ALL.stream().map(runtime -> runtime.netBasis(ledger, evidence))
        .flatMap(Optional::stream).findFirst().orElseThrow();
    long notKnown = ledger.notKnownBytes();
    ByteRange net = sums.values().stream().reduce(ByteRange.NONE, ByteRange::plus);
    boolean visible = !Words.bytes(net.mostBytes()).equals(Words.bytes(net.mostBytes() - notKnown));
    String open = visible ? "; of " + Words.bytes(notKnown) + " it is not known whether they are in use" : "";
    return new Net(net, basis + open, parts);
  }

  private static ByteRange sum(NetName name, List<NetPart> all) {
    List<NetPart> parts = all.stream().filter(part -> part.name() == name).toList();
    return new ByteRange(parts.stream().mapToLong(NetPart::leastBytes).sum(),
        parts.stream().mapToLong(NetPart::mostBytes).sum());
  }

  private static List<NetPart> parts(Ledger ledger, Evidence evidence) {
    List<NetPart> parts = new ArrayList<>();
    for (KnownRuntime runtime : KnownRuntimes.ALL) {
      parts.addAll(runtime.net(ledger, evidence));
    }
    parts.add(NetPart.upTo(NetName.NO_OWNER, ledger.unexplainedBytes()));
    return parts;
  }
}
