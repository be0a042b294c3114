import io.tare.cases.faults.scene.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds Tare's lines against what a runtime or an allocator says of itself: under every interpreter, compiler and allocator of whole
 * roots, and for programs that are started as they are given.
 *
 * <p>{@code java -cp cases/faults/target/classes bench/accuracy/Splits.java --root / --root ROOT "python 3.13=python3.13 objects.py"}: a
 * label and a command that prints its truth as the programs of the corpus do ({@code cases/faults/src/main/native}). A table on the
 * screen, a row an account; exit code 1 if a figure is off by more than 3 % and 1 MB, or more than 0.5 % and 64 KB are unexplained.
 */
public final class Splits {
  private static final int LONGEST_WAIT_LINES = 1000;
  private static final long SIZE = 48 << 20;

  private final Tare tare = new Tare(System.getProperty("tare", "./tare"), false);
  private final Beside beside = new Beside();

  private Splits() {
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Splits splits = new Splits();
    System.out.println(Beside.HEADING);
    for (int i = 0; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      if (arguments[i].equals("--root") && i + 1 < arguments.length) {
        splits.compareAll(new Root(Path.of(arguments[++i])));
      } else if (equals >= 1) {
        splits.compare(arguments[i].substring(0, equals), Root.HERE.cLibrary(),
            List.of(arguments[i].substring(equals + 1).split(" ")));
      } else {
        System.err.println("expected --root FOLDER or LABEL=COMMAND but found " + arguments[i]);
        System.exit(2);
      }
    }
    System.exit(splits.beside.holds() ? 0 : 1);
  }

  private void compareAll(Root root) throws IOException, InterruptedException {
    Path folder = root.folder();
    try {
      for (Programs.Program program : Programs.in(root, folder)) {
        compare(program.label(), program.cLibrary(), program.of(SIZE));
      }
    } finally {
      Root.remove(folder);
    }
  }

  private void compare(String label, String cLibrary, List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      Map<String, Object> truth = truth(process.inputReader());
      LedgerReading ledger = tare.weigh(process.pid());
      Beside.Weighed weighed = new Beside.Weighed(label, cLibrary, ledger);
      Map<String, Long> least = part(truth, "atLeast");
      Map<String, Long> most = part(truth, "atMost");
      part(truth, "truth").forEach((account, own) -> beside.row(weighed, account, own, own));
      least.forEach((account, own) -> beside.row(weighed, account, own, most.getOrDefault(account, Long.MAX_VALUE)));
    } catch (IOException | IllegalArgumentException failed) {
      beside.failed(label, cLibrary, failed);
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
  private static Map<String, Long> part(Map<String, Object> truth, String name) {
    return new TreeMap<>((Map<String, Long>) truth.getOrDefault(name, Map.of()));
  }
}
