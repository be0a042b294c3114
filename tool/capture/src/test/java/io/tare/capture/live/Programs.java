package io.tare.capture.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** Small programs for children, compiled once for Java 17 so that older JDKs run them too. */
final class Programs {
  private static final Map<String, String> SOURCES = Map.of(
      "Idle", """
          public class Idle {
            public static void main(String[] arguments) throws Exception {
              System.out.println("ready");
              Thread.sleep(120_000);
            }
          }
          """,
      "Brief", """
          public class Brief {
            public static void main(String[] arguments) throws Exception {
              Thread.sleep(Long.getLong("millis", 0));
            }
          }
          """);
  private static Path folder;

  private Programs() {}

  static synchronized Path folder() throws IOException {
    if (folder == null) {
      // Below the build's folder and not /tmp: a child in another mount namespace may have another /tmp.
      Path children = Path.of("target", "children").toAbsolutePath();
      Files.createDirectories(children);
      List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", children.toString()));
      for (Map.Entry<String, String> source : SOURCES.entrySet()) {
        Path file = children.resolve(source.getKey() + ".java");
        Files.writeString(file, source.getValue());
        arguments.add(file.toString());
      }
      int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
      if (result != 0) {
        throw new IOException("the children's programs do not compile");
      }
      folder = children;
    }
    return folder;
  }
}
