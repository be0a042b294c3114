package io.tare.include.proxy;

import io.tare.include.http.OriginClient;

/**
 * Connections for pages apart from those for fragments. A page holds its connection until it is assembled; if it took those of
 * its fragments, then enough pages at once would wait for each other for ever.
 */
record Clients(OriginClient ofPages, OriginClient ofFragments) implements AutoCloseable {
  static Clients of(Settings settings) {
    return new Clients(new OriginClient(settings.limits().origin()), new OriginClient(settings.limits().origin()));
  }

  void closeTooIdle() {
    ofPages.closeTooIdle();
    ofFragments.closeTooIdle();
  }

  @Override
  public void close() {
    ofPages.close();
    ofFragments.close();
  }
}
