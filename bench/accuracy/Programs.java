import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The native programs of the corpus under every interpreter, compiler and allocator that a root has: each prints its own truth and then
 * rests until its input ends.
 */
final class Programs {
  private static final Path SOURCES = Path.of("cases/faults/src/main/native");
  private static final Map<String, String> ALLOCATORS = Map.of("jemalloc", "libjemalloc.so.2", "mimalloc 2",
      "libmimalloc.so.2", "mimalloc 3", "libmimalloc.so.3", "tcmalloc", "libtcmalloc_minimal.so.4");
  private static final int LONGEST_ERROR = 300;

  private final Root root;
  private final Path folder;
  private final String cLibrary;
  private final List<Program> found = new ArrayList<>();

  /** @param command without the size in bytes, which comes last */
  record Program(String label, String cLibrary, List<String> command) {
    List<String> of(long sizeBytes) {
      List<String> words = new ArrayList<>(command);
      words.add(Long.toString(sizeBytes));
      return words;
    }
  }

  private Programs(Root root, Path folder) throws IOException, InterruptedException {
    this.root = root;
    this.folder = folder;
    this.cLibrary = root.cLibrary();
  }

  /** @param folder of the root's, where what is built lies as long as it is needed */
  static List<Program> in(Root root, Path folder) throws IOException, InterruptedException {
    Programs programs = new Programs(root, folder);
    for (String source : List.of("objects.py", "objects.js", "truth.h", "fragment.c", "mappings.c", "arena.c",
        "allocators.c", "go/main.go", "go/withc.go")) {
      Files.copy(SOURCES.resolve(source), folder.resolve(Path.of(source).getFileName().toString()));
    }
    programs.interpreted();
    programs.ofC();
    programs.ofGo();
    return List.copyOf(programs.found);
  }

  private void add(String label, String libraryOfC, List<String> words) {
    found.add(new Program(label, libraryOfC, root.command(words)));
  }

  private String within(String name) {
    return root.within(folder.resolve(name));
  }

  private void interpreted() throws IOException, InterruptedException {
    for (String python : root.list("/usr/bin", "python3\\.\\d+")) {
      add("C" + root.output(List.of(python, "--version")).strip(), cLibrary, List.of(python, within("objects.py")));
    }
    if (root.has("/usr/bin/node")) {
      add("Node.js " + root.output(List.of("/usr/bin/node", "--version")).strip(), cLibrary,
          List.of("/usr/bin/node", within("objects.js")));
    }
  }

  private void ofC() throws IOException, InterruptedException {
    if (!root.has("/usr/bin/gcc")) {
      return;
    }
    // Before glibc 2.33 there was but the older question.
    boolean isOlder = !root.output(List.of("grep", "-c", "mallinfo2", "/usr/include/malloc.h")).strip().matches("[1-9].*");
    for (String name : List.of("fragment", "mappings", "arena", "allocators")) {
      List<String> words = new ArrayList<>(List.of("gcc", "-O1", "-g", "-pthread", "-o", within(name), within(name + ".c")));
      words.addAll(isOlder ? List.of("-Dmallinfo2=mallinfo", "-ldl") : List.of("-ldl"));
      if (build(words)) {
        add(name.equals("allocators") ? "malloc" : name, cLibrary, List.of(within(name)));
      }
    }
    for (String name : List.of("fragment", "mappings")) {
      List<String> words = new ArrayList<>(List.of("gcc", "-m32", "-O1", "-g", "-pthread", "-o", within(name + "32"), within(name + ".c")));
      words.addAll(isOlder ? List.of("-Dmallinfo2=mallinfo") : List.of());
      if (build(words)) {
        // So few arenas are the rule there that threads would take what others freed.
        add(name + ", 32 bits", cLibrary, List.of("env", "MALLOC_ARENA_MAX=16", within(name + "32")));
      }
    }
    for (String allocator : ALLOCATORS.keySet().stream().sorted().toList()) {
      String library = ALLOCATORS.get(allocator);
      if (root.hasLibrary(library)) {
        add(allocator, cLibrary, List.of("env", "LD_PRELOAD=" + library, within("allocators")));
      }
    }
    if (root.has("/usr/bin/musl-gcc")) {
      for (String linked : List.of("-static", "-dynamic")) {
        String program = within("musl" + linked);
        List<String> words = new ArrayList<>(List.of("musl-gcc", "-O1", "-pthread", "-o", program, within("allocators.c")));
        words.addAll(linked.equals("-static") ? List.of(linked) : List.of());
        if (build(words)) {
          add("malloc", "musl, " + linked.substring(1), List.of(program));
        }
      }
    }
  }

  private void ofGo() throws IOException, InterruptedException {
    List<String> compilers = new ArrayList<>();
    for (String folderOfGo : root.list("/usr/lib", "go-1\\.\\d+")) {
      compilers.add(folderOfGo + "/bin/go");
    }
    for (String go : compilers) {
      String version = root.output(List.of(go, "version")).replaceAll("(?s).*(go1\\.[\\w.]+).*", "$1").strip();
      if (build(goBuild(go, "0", "-o", within(version), within("main.go")))) {
        add(version + ", static", cLibrary, List.of(within(version)));
      }
      if (build(goBuild(go, "1", "-buildmode=pie", "-ldflags=-s -w", "-o", within(version + "c"), within("main.go"),
          within("withc.go")))) {
        add(version + ", with C, PIE, stripped", cLibrary, List.of(within(version + "c")));
      }
    }
  }

  private List<String> goBuild(String go, String withC, String... arguments) {
    List<String> words = new ArrayList<>(List.of("env", "CGO_ENABLED=" + withC, "GO111MODULE=off", "GOFLAGS=",
        "GOCACHE=" + within("cache"), "HOME=" + root.within(folder), go, "build"));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Whether it worked; what failed is said, and left out. */
  private boolean build(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(root.command(words)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    boolean built = process.waitFor() == 0;
    if (!built) {
      System.err.println("left out: " + String.join(" ", words) + ": "
          + said.substring(0, Math.min(said.length(), LONGEST_ERROR)).strip());
    }
    return built;
  }
}
