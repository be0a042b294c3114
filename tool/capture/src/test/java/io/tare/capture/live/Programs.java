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
      "Sparse",
      """
          import java.io.RandomAccessFile;
          import java.nio.channels.FileChannel;
          import java.nio.file.*;
          public class Sparse {
            static Object kept;
            public static void main(String[] arguments) throws Exception {
              Path file = Files.createTempFile("tare-sparse", ".bin");
              RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw");
              data.setLength((1L << 40) + 4096);
              Files.delete(file);
              kept = Class.forName("java.lang.foreign.Arena").getMethod("global").invoke(null);
              Object memory = FileChannel.class.getMethod("map", FileChannel.MapMode.class, long.class, long.class,
                  Class.forName("java.lang.foreign.Arena")).invoke(data.getChannel(), FileChannel.MapMode.READ_WRITE, 0L,
                      data.length(), kept);
              java.nio.ByteBuffer end = (java.nio.ByteBuffer) Class.forName("java.lang.foreign.MemorySegment")
                  .getMethod("asByteBuffer").invoke(Class.forName("java.lang.foreign.MemorySegment")
                      .getMethod("asSlice", long.class, long.class).invoke(memory, 1L << 39, 4096L));
              end.put(0, (byte) 1);
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
      // Below the build's folder and not /tmp: a child in another mount namespace may have another /tmp. One for each JVM of tests: two run at a
      // time, and a child of the one must not load a class that the other is just writing.
      Path children = Path.of("target", "children", Long.toString(ProcessHandle.current().pid())).toAbsolutePath();
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
