package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.model.heap.NativeBridge.NativeOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real JVM's buffers, mapped files and inflaters: who holds how many of them. */
@Tag("slow")
class NativeHoldersTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void everyPlaceIsToldWithItsBytesTheBiggestFirst(int version) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(version);
    assumeTrue(jdk.isPresent(), "no JDK " + version + ": holders of native bytes were not tried on it");
    Path dump = folder.resolve("native.hprof");
    LiveJvm.run(jdk.get(), List.of(), "NativeHolders.java", dump.toString());
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    List<NativeOwner> owners = HeapAnalysis.analyse(dump, options, HeapProgress.NONE).nativeOwners();
    Files.delete(dump);
    assertThat(owners.stream().filter(owner -> owner.kind().equals("direct buffers by holder"))
        .filter(owner -> owner.details().contains("NativeHolders."))).containsExactly(
            new NativeOwner("direct buffers by holder", "java.nio.DirectByteBuffer", 8, 8 << 20,
                "held by static field NativeHolders.POOL → elementData → […]"),
            new NativeOwner("direct buffers by holder", "java.nio.DirectByteBuffer", 1, 3 << 20,
                "held by static field NativeHolders.FRAMES → table → […] → value"));
    assertThat(owners).contains(new NativeOwner("mapped files by holder", "java.nio.DirectByteBuffer", 1, 2 << 20,
        "held by static field NativeHolders.index"),
        new NativeOwner("inflaters by holder", "java.util.zip.Inflater", 8, 0,
            "held by static field NativeHolders.UNZIP → elementData → […]"));
  }
}
