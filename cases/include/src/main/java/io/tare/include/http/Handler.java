package io.tare.include.http;

import java.io.IOException;

/** Answers requests, each on a virtual thread of its own connection. */
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws IOException;
}
