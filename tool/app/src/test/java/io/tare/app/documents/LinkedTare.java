package io.tare.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** Tare with its classes linked by one run, as its launchers start it: the pages start it more than a hundred times. */
final class LinkedTare {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
      "--enable-native-access=ALL-UNNAMED", "-Xlog:disable", "-Xlog:all=error,cds=off,aot=off:stderr");

  private LinkedTare() {}

  /** Puts into a folder what is needed, and returns the words of a shell that start Tare from there. */
  static String in(Path folder) throws IOException, InterruptedException {
    String jars = String.join(File.pathSeparator, jars(folder));
    Path linked = folder.resolve("linked.jsa");
    List<String> training = new ArrayList<>(List.of(JAVA.toString()));
    training.addAll(FLAGS);
    training.addAll(List.of("-XX:ArchiveClassesAtExit=" + linked, "-cp", jars, "io.tare.app.Main",
        Long.toString(ProcessHandle.current().pid())));
    Process trained = new ProcessBuilder(training).redirectErrorStream(true)
        .redirectOutput(folder.resolve("training").toFile()).start();
    try {
      assertThat(trained.waitFor(240, TimeUnit.SECONDS)).as("the training ends").isTrue();
    } finally {
      trained.destroyForcibly();
    }
    assertThat(trained.exitValue()).as(Files.readString(folder.resolve("training"))).isZero();
    // Without the file it is slower and does the same.
    return JAVA + " " + String.join(" ", FLAGS) + " -XX:SharedArchiveFile=" + linked + " -Dtare.home=" + World.home()
        + " -cp '" + jars + "' io.tare.app.Main";
  }

  /** Classes of a folder can't be linked. */
  private static List<String> jars(Path folder) {
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    List<String> jars = new ArrayList<>();
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(place))) {
        String packed = folder.resolve(jars.size() + ".jar").toString();
        assertThat(jar.run(System.out, System.err, "--create", "--no-compress", "--file", packed, "-C", place, "."))
            .as(place).isZero();
        jars.add(packed);
      } else if (Files.exists(Path.of(place))) {
        jars.add(place);
      }
    }
    return jars;
  }
}
