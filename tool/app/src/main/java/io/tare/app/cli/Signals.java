package io.tare.app.cli;

import java.lang.reflect.Proxy;

/**
 * Does something when this process is sent a signal. The JDK has this in a class that it does not like to be named, so it is reached by
 * reflection; where it is missing, signals do what they always did.
 */
public final class Signals {
  private Signals() {}

  /**
   * Runs the action whenever the signal comes; false where that can't be had.
   *
   * @param name without SIG: {@code INT}, {@code TERM}
   */
  public static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
          (self, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
              action.run();
              yield null;
            }
            case "hashCode" -> System.identityHashCode(self);
            case "equals" ->
              arguments != null && System.identityHashCode(self) == System.identityHashCode(arguments[0]);
            default -> name;
          });
      signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name),
          proxy);
      return true;
    } catch (ReflectiveOperationException missing) {
      return false;
    }
  }
}
