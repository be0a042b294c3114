import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;

/** Holds native memory in several fields, and dumps its heap. Runs from source on JDK 17 and later. */
public class NativeHolders {
  static final List<ByteBuffer> POOL = new ArrayList<>();
  static final Map<Integer, ByteBuffer> FRAMES = new HashMap<>();
  static final List<Inflater> UNZIP = new ArrayList<>();
  static MappedByteBuffer index;
  static final Map<Integer, ByteBuffer> SLICES = new HashMap<>();

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 8; i++) {
      POOL.add(ByteBuffer.allocateDirect(1 << 20));
      UNZIP.add(new Inflater());
    }
    FRAMES.put(1, ByteBuffer.allocateDirect(3 << 20));
    SLICES.put(1, POOL.get(0).slice());
    Path file = Path.of(args[0] + ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
        StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
      index = channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 << 20);
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], true);
  }
}
