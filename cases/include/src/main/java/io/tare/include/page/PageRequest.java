package io.tare.include.page;

import io.tare.include.expression.Variables;
import io.tare.include.fragment.Address;
import io.tare.include.http.Head;
import io.tare.include.http.Origin;
import java.util.List;
import java.util.Set;

/** For whom a page is assembled: what was asked, what goes on to the origins, and which origins may be asked at all. */
public record PageRequest(Address address, Variables variables, List<Head.Field> passedOn, Set<Origin> origins) {
  public PageRequest {
    passedOn = List.copyOf(passedOn);
    origins = Set.copyOf(origins);
  }
}
