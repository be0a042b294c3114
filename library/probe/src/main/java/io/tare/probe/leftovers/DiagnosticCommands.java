package io.tare.probe.leftovers;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** Asks the JVM from inside what jcmd asks from outside. */
final class DiagnosticCommands {
  private static final String BEAN = "com.sun.management:type=DiagnosticCommand";

  private DiagnosticCommands() {}

  /** Names are those of the bean: {@code gcClassHistogram} for {@code GC.class_histogram}. */
  static String run(String command, String... arguments) {
    boolean takesArguments = !command.equals("vmClassloaderStats");
    try {
      Object answer = ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(BEAN), command,
          takesArguments ? new Object[] {arguments} : new Object[0],
          takesArguments ? new String[] {String[].class.getName()} : new String[0]);
      return String.valueOf(answer);
    } catch (JMException e) {
      throw new IllegalStateException("the JVM does not answer " + command, e);
    }
  }
}
