package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.table.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command for a program without a JVM; it is built first if it must be. */
final class NativeLaunch {
  private NativeLaunch() {}

  static Launch of(Program.Native program, Wish wish) throws IOException, InterruptedException, Skipped {
    Path directory = wish.buildDirectory().orElseGet(() -> OwnClassPath.location().resolveSibling("native"));
    NativeBuild build = new NativeBuild(directory);
    String size = Long.toString(wish.stage().sizeBytes());
    String hold = Long.toString(wish.stage().hold().toSeconds());
    List<String> command = switch (program.toolchain()) {
      case GCC -> List.of(build.c(program.source()).toString(), size, hold);
      case GO -> List.of(build.go(program.source()).toString(), size, hold);
      case GO_WITH_C -> List.of(build.goWithC(program.source(), "go/withc.go").toString(), size, hold);
      case PYTHON -> interpreted("python3", build, program.source(), size, hold);
      case NODE -> interpreted("node", build, program.source(), size, hold);
    };
    return new Launch(command, environment(program.preload()));
  }

  private static List<String> interpreted(String interpreter, NativeBuild build, String source, String... arguments)
      throws IOException, Skipped {
    List<String> command = new ArrayList<>(
        List.of(OnPath.required(interpreter).toString(), build.unpack(source).toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Map<String, String> environment(String preload) throws Skipped {
    if (preload.isEmpty()) {
      return Map.of();
    }
    Path library = SharedLibrary.find(preload).orElseThrow(() -> new Skipped(preload + " is not installed"));
    return Map.of("LD_PRELOAD", library.toString());
  }
}
