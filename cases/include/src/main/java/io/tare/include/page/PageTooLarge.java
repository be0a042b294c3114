package io.tare.include.page;

import java.io.IOException;

/** A fragment or a block grew beyond its bound while it was assembled. */
final class PageTooLarge extends IOException {
  private static final long serialVersionUID = 1;

  PageTooLarge(int mostBytes) {
    super("more than " + mostBytes + " bytes of an assembled fragment");
  }
}
