package io.tare.include.page;

import java.io.IOException;

/** A page that would take more than it may. */
final class PageRefused extends IOException {
  private static final long serialVersionUID = 1;

  PageRefused(String message) {
    super(message);
  }
}
