package io.tare.sync.filter;

/** A filter that can't be understood. Guessing would copy or leave out the wrong files. */
public final class BadFilter extends Exception {
  private static final long serialVersionUID = 1;

  BadFilter(String message) {
    super(message);
  }
}
