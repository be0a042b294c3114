package io.tare.probe;

/** A piece of work to measure; it may throw what it likes, and the measuring method throws the same. */
@FunctionalInterface
public interface Work<X extends Exception> {
  void run() throws X;
}
