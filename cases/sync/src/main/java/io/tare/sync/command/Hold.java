package io.tare.sync.command;

/** Stays alive for a while, so that the process can be weighed as it is. */
final class Hold {
  private static final long MILLIS_PER_SECOND = 1000;

  private Hold() {}

  static void asAsked(Arguments arguments, Console console) throws UsageException, InterruptedException {
    if (arguments.has("--hold")) {
      console.line("process " + ProcessHandle.current().pid() + " waits to be weighed: ./tare "
          + ProcessHandle.current().pid());
      Thread.sleep(arguments.count("--hold", 1) * MILLIS_PER_SECOND);
    }
  }
}
