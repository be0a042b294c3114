package io.tare.ledger.runtimes.scripts;

import static io.tare.model.ledger.Confidence.MEASURED;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Books;
import io.tare.ledger.owners.Claim;
import io.tare.ledger.owners.Claim.Strength;
import io.tare.ledger.owners.Owner;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.proc.Mapping;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What Erlang's compiler made of modules. It lies in memory files that are mapped twice, to write and to run, so that no page is both; or
 * in anonymous memory that is both, where Erlang was told so.
 */
@NullMarked
final class ErlangCode {
  /** As asmjit, which makes the code, calls its memory. */
  private static final String FILE = "/memfd:vmem";
  private static final Owner CODE = Owner.of(Account.SCRIPT_CODE, MEASURED, "memory to be executed, from no file");
  private static final Owner AGAIN = Owner.of(Account.SCRIPT_DUPLICATE, MEASURED,
      "code's pages that are mapped at more than one address");

  private ErlangCode() {}

  static Stream<Claim> claims(Evidence evidence) {
    return mappings(evidence).stream()
        .filter(mapping -> inFile(mapping) || (mapping.isAnonymous() && mapping.isExecutable()))
        .map(mapping -> new Claim(mapping.range(), CODE, Strength.LABEL));
  }

  static Books once(Books books, Evidence evidence) {
    Collection<List<Mapping>> files = mappings(evidence).stream().filter(ErlangCode::inFile)
        .collect(Collectors.groupingBy(mapping -> mapping.device() + mapping.inode())).values();
    return books.move(CODE, AGAIN, files.stream().mapToLong(ErlangCode::countedAgain).sum());
  }

  /** PSS divides a page by its mappings; what a fork maps too must not make that less than one of them has. */
  private static long countedAgain(List<Mapping> views) {
    long all = views.stream().mapToLong(view -> view.bytes().rss()).sum();
    long once = Math.max(views.stream().mapToLong(view -> view.bytes().pss()).sum(),
        views.stream().mapToLong(view -> view.bytes().rss()).max().orElse(0));
    return all - once;
  }

  private static boolean inFile(Mapping mapping) {
    return mapping.name().startsWith(FILE);
  }

  private static List<Mapping> mappings(Evidence evidence) {
    return evidence.capture().target().runtime() == RuntimeKind.BEAM
        ? evidence.smaps().stream().flatMap(smaps -> smaps.mappings().stream()).toList()
        : List.of();
  }
}
