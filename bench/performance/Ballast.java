import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A process of a known size: {@code heap MEGABYTES} of live arrays, or {@code mappings COUNT} of one page each. Ends with its input. */
public class Ballast {
  public static void main(String[] words) throws Exception {
    int amount = Integer.parseInt(words[1]);
    List<Object> kept = words[0].equals("heap") ? heap(amount) : mappings(amount);
    System.out.println("ready " + ProcessHandle.current().pid() + " " + kept.size());
    while (System.in.read() >= 0) {
      // Wait for the end of the input.
    }
  }

  private static List<Object> heap(int megabytes) {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < megabytes; i++) {
      byte[] block = new byte[(1 << 20) - 64];
      for (int at = 0; at < block.length; at += 4096) {
        block[at] = 1;
      }
      kept.add(block);
    }
    return kept;
  }

  private static List<Object> mappings(int count) throws Exception {
    Path file = Files.createTempFile("ballast", ".bin");
    Files.write(file, new byte[4096]);
    List<Object> kept = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (int i = 0; i < count; i++) {
        MappedByteBuffer page = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
        page.put(0, (byte) i);
        kept.add(page);
      }
    } finally {
      Files.delete(file);
    }
    return kept;
  }
}
