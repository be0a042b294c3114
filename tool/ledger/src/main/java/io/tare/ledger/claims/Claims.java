package io.tare.ledger.claims;

import io.tare.ledger.Evidence;
import java.util.ArrayList;
import java.util.List;

/** Every claim that the evidence makes on an address, from the most exact source to the least. */
public final class Claims {
  private Claims() {}

  public static List<Claim> of(Evidence evidence) {
    List<Claim> claims = new ArrayList<>();
    claims.addAll(JvmClaims.of(evidence.jvm().layouts()));
    Evidence.Natives natives = evidence.natives();
    claims.addAll(NativeClaims.stacks(natives.threads(), evidence.kernel().tasks()));
    natives.malloc().ifPresent(malloc -> claims.addAll(NativeClaims.malloc(malloc)));
    natives.go().ifPresent(go -> claims.addAll(NativeClaims.go(go)));
    natives.python().ifPresent(python -> claims.addAll(NativeClaims.python(python)));
    return List.copyOf(claims);
  }
}
