package io.tare.capture.memory.hotspot;

import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** A Java program with a little of everything: objects, a collection, named threads, a direct buffer. Runs on JDK 17 and later. */
final class Workload {
  static final int WORKERS = 5;
  static final int DIRECT_BYTES = 3 << 20;

  private static final String SOURCE = """
      import java.util.*;
      public class Workload {
        static final List<Object> KEPT = new ArrayList<>();
        public static void main(String[] arguments) throws Exception {
          Map<Integer, String> map = new HashMap<>();
          for (int i = 0; i < 100_000; i++) {
            map.put(i %% 30_000, "value " + i);
          }
          KEPT.add(map);
          KEPT.add(new byte[3 << 20]);
          KEPT.add(java.nio.ByteBuffer.allocateDirect(%d));
          for (int i = 0; i < %d; i++) {
            Thread worker = new Thread(Workload::rest, "w\\u00f6rker " + i);
            worker.setDaemon(true);
            worker.start();
          }
          System.gc();
          for (int i = 0; i < 10_000; i++) {
            map.put(i, "later " + i);
          }
          System.out.println("ready");
          rest();
        }
        static void rest() {
          try {
            Thread.sleep(120_000);
          } catch (InterruptedException ended) {
            return;
          }
        }
      }
      """.formatted(DIRECT_BYTES, WORKERS);
  private static Path folder;

  private Workload() {}

  static Child start(Jdk jdk, List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.home().resolve("bin/java").toString(), "-Xmx96m",
        "-XX:+UnlockDiagnosticVMOptions", "-XX:+UnlockExperimentalVMOptions"));
    command.addAll(options);
    command.addAll(List.of("-cp", folder().toString(), "Workload"));
    return Child.start(command).whenItSays("ready");
  }

  private static synchronized Path folder() throws IOException {
    if (folder == null) {
      // One for each JVM of tests: two run at a time, and a child of the one must not load a class that the other is just writing.
      Path classes = Path.of("target", "workload", Long.toString(ProcessHandle.current().pid())).toAbsolutePath();
      Files.createDirectories(classes);
      Path source = classes.resolve("Workload.java");
      Files.writeString(source, SOURCE, StandardCharsets.UTF_8);
      int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-d",
          classes.toString(),
          source.toString());
      if (result != 0) {
        throw new IOException("the workload does not compile");
      }
      folder = classes;
    }
    return folder;
  }
}
