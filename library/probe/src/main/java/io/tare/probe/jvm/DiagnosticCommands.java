package io.tare.probe.jvm;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/** Asks the JVM from inside what jcmd asks from outside. Names are those of the bean: {@code gcClassHistogram} for {@code GC.class_histogram}. */
public final class DiagnosticCommands {
  private static final String BEAN = "com.sun.management:type=DiagnosticCommand";

  private DiagnosticCommands() {}

  /** The answer to a command that takes arguments, given none; empty when this JVM does not know it. */
  public static Optional<String> runWithDefaults(String command) {
    return run(command, new String[0]);
  }

  /** The answer to a command with these arguments; empty when this JVM does not know it. */
  public static Optional<String> run(String command, String... arguments) {
    return run(command, new Object[] {arguments}, new String[] {String[].class.getName()});
  }

  /** The answer to a command that takes no arguments; empty when this JVM does not know it. */
  public static Optional<String> run(String command) {
    return run(command, new Object[0], new String[0]);
  }

  private static Optional<String> run(String command, Object[] arguments, String[] signature) {
    try {
      return Optional.of(String.valueOf(
          ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(BEAN), command, arguments, signature)));
    } catch (JMException notKnown) {
      return Optional.empty();
    }
  }
}
