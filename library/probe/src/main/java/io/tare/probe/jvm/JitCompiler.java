package io.tare.probe.jvm;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Whether the JIT compiler is at work. */
public final class JitCompiler {
  private static final @Nullable CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  private JitCompiler() {}

  /** Milliseconds spent compiling so far; a compilation counts when it is done. */
  public static long workMillis() {
    return COMPILER != null && COMPILER.isCompilationTimeMonitoringSupported() ? COMPILER.getTotalCompilationTime() : 0;
  }

  /** Whether nothing is being compiled and nothing waits for it; true when this JVM does not tell. */
  public static boolean isIdle() {
    return DiagnosticCommands.run("compilerQueue").map(JitCompiler::isIdle).orElse(true);
  }

  /** A task stands in the answer as {@code 1204       4       java.util.HashMap::put (13 bytes)} (JDK 17 and 25). */
  static boolean isIdle(String queue) {
    return !queue.contains("::");
  }
}
