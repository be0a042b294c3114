package io.tare.yaml.command;

import io.tare.yaml.basis.YamlException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The command {@code yaml}. */
public final class Main {
  private static final String HELP = """
      yaml load FILE [OPTIONS]            loads, tells the parts and the times
      yaml get FILE KEY|INDEX... [OPT.]   one value
      yaml json FILE [OPTIONS]            each document as a line of JSON
      yaml events FILE                    what the parser finds, as the YAML test suite writes it
      yaml emit FILE                      reads events, writes YAML with the same events
      yaml convert FILE [OPTIONS]         to Java's maps and lists: what that needs in memory
      yaml variants FILE [OF TARE TRY]    source, arena and dedup in every combination, by 'tare try'
      yaml variants --own FILE            these and further strategies, what each adds to a JVM: memory, time, which are worth it
      yaml compare [SECONDS]              beside other loaders, on generated files (bench/yaml/run)
      yaml generate KIND FILE [MB]        a..f: large texts, records, repeated, (d) as b, manifests, JSON

      OPTIONS: --source mapped|copied   --arena chunks|doubling|exact|heap   --dedup off|on|auto   --wrappers lazy|pooled|eager
               --decoding lazy|eager    --schema core|json|failsafe|yaml_1_1 --duplicates refused|last_wins   --threads N
      """;

  private Main() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
        false,
        StandardCharsets.UTF_8);
    int code = run(Arrays.asList(args), out, System.err);
    out.flush();
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs a command; the exit code. */
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.isEmpty() || args.getFirst().equals("help") || args.getFirst().equals("--help")) {
      out.print(HELP);
      return 0;
    }
    try {
      Request request = Request.of(args.subList(1, args.size()));
      switch (args.getFirst()) {
        case "load" -> Look.load(request, out);
        case "get" -> Look.get(request, out);
        case "json" -> Look.json(request, out);
        case "events" -> Look.events(request, out);
        case "emit" -> Look.emit(request, out);
        case "convert" -> Weigh.convert(request, out);
        case "variant" -> Weigh.variant(request, out);
        case "variants" -> Variants.run(request, out);
        case "generate" -> Generate.run(request, out);
        default ->
          throw new IllegalArgumentException("there is no command '" + args.getFirst() + "'; yaml help lists them");
      }
      return 0;
    } catch (YamlException | IOException e) {
      err.println("yaml: " + e.getMessage());
      return 1;
    } catch (IllegalArgumentException e) {
      err.println("yaml: " + e.getMessage());
      return 2;
    }
  }
}
