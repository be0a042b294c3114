package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** Does compiled code make a good part of RSS? */
final class CompiledCode implements Rule {
  private static final String ID = "code-cache";

  @Override
  public Verdict judge(Situation s) {
    long code = s.bytes(Account.CODE_CACHE) + s.bytes(Account.CODE_SEGMAP);
    if (!s.weighs(code, 20)) {
      return new Verdict.No(ID, "Compiled code is " + share(code, s.rss()) + " of RSS.",
          List.of(s.reading(Account.CODE_CACHE)));
    }
    return new Verdict.Yes(ID, "Compiled code holds " + bytes(code) + ".", s.strength(code),
        List.of(s.reading(Account.CODE_CACHE)),
        List.of(new Remedy("Compile less: a smaller cache, or the quick compiler alone",
            "-XX:ReservedCodeCacheSize=<size> or -XX:TieredStopAtLevel=1", OptionalLong.of(code / 2),
            "slower peak performance; a restart")));
  }
}
