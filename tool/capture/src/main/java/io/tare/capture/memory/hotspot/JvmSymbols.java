package io.tare.capture.memory.hotspot;

import java.util.Map;
import java.util.OptionalLong;

/** Addresses in the process of symbols of the JVM's library. */
record JvmSymbols(Map<String, Long> addresses) {
  JvmSymbols {
    addresses = Map.copyOf(addresses);
  }

  OptionalLong address(String symbol) {
    Long address = addresses.get(symbol);
    return address == null ? OptionalLong.empty() : OptionalLong.of(address);
  }
}
