package io.tare.include.page;

import io.tare.include.expression.Variables;
import io.tare.include.fragment.Address;
import io.tare.include.http.Origin;
import java.util.Set;

/** For whom a page is assembled: what was asked, what goes on to the origins, and which origins may be asked at all. */
public record PageRequest(Address address, Variables variables, Set<Origin> origins) {
  public PageRequest {
    origins = Set.copyOf(origins);
  }
}
