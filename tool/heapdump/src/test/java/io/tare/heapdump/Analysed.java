package io.tare.heapdump;

import io.tare.heapdump.dominators.DominatorTree;
import io.tare.heapdump.dominators.HeapParts;
import io.tare.heapdump.graph.HeapGraph;
import io.tare.heapdump.graph.Reach;
import io.tare.heapdump.hprof.DumpFile;
import io.tare.heapdump.hprof.NotAHeapDump;
import io.tare.heapdump.hprof.Outline;
import io.tare.heapdump.hprof.OutlineReader;
import io.tare.heapdump.hprof.ProblemLog;
import io.tare.heapdump.index.DumpIndex;
import io.tare.heapdump.index.HeapClass;
import io.tare.heapdump.index.Passes;
import io.tare.heapdump.index.ReferenceStrength;
import io.tare.heapdump.store.Storage;
import java.io.IOException;
import java.nio.file.Path;

/** A dump with all steps up to the dominators done, for tests. */
public final class Analysed implements AutoCloseable {
  public final ProblemLog problems = new ProblemLog();
  public final Storage storage;
  public final DumpFile file;
  public final HeapGraph graph;
  public final Reach reach;
  public final DominatorTree tree;

  public Analysed(Path dump, Path temporaryFolder) throws IOException, NotAHeapDump {
    this(dump, temporaryFolder, Long.MAX_VALUE);
  }

  public Analysed(Path dump, Path temporaryFolder, long budgetBytes) throws IOException, NotAHeapDump {
    storage = new Storage(budgetBytes, temporaryFolder);
    file = DumpFile.open(dump, temporaryFolder, problems);
    Outline outline = OutlineReader.read(file, problems);
    Passes passes = new Passes(file, outline.header().idBytes(), problems, 2, done -> {});
    graph = HeapGraph.build(DumpIndex.build(outline, passes, ReferenceStrength.USUAL, storage), storage);
    reach = Reach.of(graph, storage);
    tree = DominatorTree.of(new HeapParts(graph, reach, storage), HeapClass::name);
  }

  public int number(long address) {
    return graph.index().objects().find(address);
  }

  @Override
  public void close() throws IOException {
    file.close();
    storage.close();
  }
}
