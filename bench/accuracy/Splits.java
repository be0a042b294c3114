import io.tare.cases.faults.scene.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Holds Tare's lines against what a runtime or an allocator says of itself, for programs that are started as they are
 * given: another interpreter, another allocator, another distribution's C library.
 *
 * <p>{@code java -cp cases/faults/target/classes bench/accuracy/Splits.java "python 3.13=python3.13 objects.py"
 * "jemalloc=env LD_PRELOAD=libjemalloc.so.2 ./allocators"}: each is a label and a command that prints its truth as the
 * programs of the corpus do ({@code cases/faults/src/main/native}). A table on the screen, a row an account; exit code 1
 * if a figure is off by more than 3 % and 1 MB.
 */
public final class Splits {
  private static final long TOLERATED = 1 << 20;
  private static final int TOLERATED_PERCENT = 3;
  private static final int LONGEST_WAIT_LINES = 1000;

  private Splits() {
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Tare tare = new Tare(System.getProperty("tare", "./tare"), false);
    boolean holds = true;
    System.out.println("| program | account | its own figure | Tare | off by | unexplained |");
    System.out.println("|---|---|--:|--:|--:|--:|");
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        System.err.println("expected LABEL=COMMAND but found " + argument);
        System.exit(2);
      }
      holds &= compare(tare, argument.substring(0, equals), argument.substring(equals + 1));
    }
    System.exit(holds ? 0 : 1);
  }

  private static boolean compare(Tare tare, String label, String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command.split(" "))).redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      Map<String, Object> truth = truth(process.inputReader());
      LedgerReading ledger = tare.weigh(process.pid());
      boolean holds = true;
      for (Map.Entry<String, Long> own : exact(truth).entrySet()) {
        OptionalLong found = ledger.bytes(own.getKey());
        long off = found.orElse(0) - own.getValue();
        System.out.printf("| %s | %s | %,d | %s | %,d | %,d |%n", label, own.getKey(), own.getValue(),
            found.isPresent() ? "%,d".formatted(found.getAsLong()) : "not known", off, ledger.unexplainedBytes());
        holds &= found.isPresent() && Math.abs(off) <= Math.max(TOLERATED, own.getValue() * TOLERATED_PERCENT / 100);
      }
      return holds;
    } finally {
      process.outputWriter().close();
      process.waitFor();
    }
  }

  private static Map<String, Object> truth(BufferedReader output) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = output.readLine(); line != null && before.size() < LONGEST_WAIT_LINES; line = output
        .readLine()) {
      if (line.startsWith("{")) {
        return JsonReader.object(line);
      }
      before.add(line);
    }
    throw new IOException("the program stated no truth but said: " + before);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Long> exact(Map<String, Object> truth) {
    return new TreeMap<>((Map<String, Long>) truth.getOrDefault("truth", Map.of()));
  }
}
