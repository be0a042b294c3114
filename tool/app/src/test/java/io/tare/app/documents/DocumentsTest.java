package io.tare.app.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.documents.Blocks.Block;
import io.tare.app.documents.World.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show is what happens. */
class DocumentsTest {
  private static final Path HOME = World.home();
  private static final Pattern WRITTEN = Pattern.compile(" (?:-o|--output|--out|--learn) ([\\w.-]+)");
  private static final Pattern CODE = Pattern.compile("`\\./tare ([^`]+)`");
  private static final Pattern ENDED = Pattern.compile("(\\d+) s");

  @TempDir
  private static Path linked;
  private static Optional<String> tare = Optional.empty();
  @TempDir
  private Path folder;

  /** A new world in a folder; what is started in all of them is the same. */
  private World world(String name) throws Exception {
    if (tare.isEmpty()) {
      tare = Optional.of(LinkedTare.in(linked));
    }
    return new World(Files.createDirectories(folder.resolve(name)), tare.orElseThrow());
  }

  private interface Trial<T> {
    void in(World world, T part, List<String> wrong) throws Exception;
  }

  /** What went wrong. Most commands wait: every other part is tried beside the rest, in a world of its own. */
  private <T> List<String> wrong(List<T> parts, Trial<T> trial) throws Exception {
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    ExecutorService two = Executors.newFixedThreadPool(2);
    try (World one = world("one"); World other = world("other")) {
      List<Future<?>> halves = new ArrayList<>();
      for (World world : List.of(one, other)) {
        int first = halves.size();
        halves.add(two.submit(() -> {
          for (int part = first; part < parts.size(); part += 2) {
            trial.in(world, parts.get(part), wrong);
          }
          return null;
        }));
      }
      for (Future<?> half : halves) {
        half.get();
      }
    } finally {
      two.shutdownNow();
    }
    return wrong;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> below = Files.walk(HOME.resolve("docs"));
        Stream<Path> cases = Files.list(HOME.resolve("cases"))) {
      return Stream.of(Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(HOME::resolve), below,
          cases.map(folder -> folder.resolve("README.md")).filter(Files::isRegularFile)).flatMap(pages -> pages)
          .filter(path -> path.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      blocks.addAll(Blocks.of(HOME, page));
    }
    return blocks;
  }

  @Test
  void everyBlockIsTriedOrSaysWhyNot() throws IOException {
    assertThat(blocks().stream().filter(block -> block.kind().isEmpty()).map(Block::place))
        .as("blocks without a marker above them (see Blocks)").isEmpty();
    assertThat(
        blocks().stream().filter(block -> block.kind().equals(Optional.of("not tried")) && block.said().isBlank())
            .map(Block::place))
        .as("blocks that don't say why").isEmpty();
  }

  @Test
  void whatAnotherTestGuardsIsReadByThatTest() throws IOException {
    List<Block> guarded = blocks().stream().filter(block -> block.kind().equals(Optional.of("guarded by"))).toList();
    assertThat(guarded).isNotEmpty();
    for (Block block : guarded) {
      assertThat(HOME.resolve(block.said())).as(block.place()).content()
          .contains(Path.of(block.page()).getFileName().toString());
    }
  }

  @Test
  @Tag("slow")
  void everyCommandEndsAsItsPageSays() throws Exception {
    String only = System.getProperty("documents", "");
    Set<String> unbuilt = new TreeSet<>();
    // In the order of their page: one may read what the one above it has written.
    Map<String, List<Block>> pages = new LinkedHashMap<>();
    for (Block block : blocks()) {
      if (block.kind().equals(Optional.of("tried")) && block.place().contains(only)) {
        Optional<String> missing = World.unbuilt(block.lines());
        missing.ifPresent(unbuilt::add);
        if (missing.isEmpty()) {
          pages.computeIfAbsent(block.page(), _ -> new ArrayList<>()).add(block);
        }
      }
    }
    assertThat(wrong(List.copyOf(pages.values()), (world, page, wrong) -> {
      for (Block block : page) {
        tried(block, world, wrong);
      }
    })).isEmpty();
    assumeTrue(unbuilt.isEmpty(), "not built since their sources changed: " + unbuilt + " (started once they build"
        + " themselves): not checked are the commands of their pages");
  }

  /** What a page prints of a command's answer is among its lines: figures, bars and what a line of dots stands for aside. */
  @Test
  @Tag("slow")
  void whatAPageSaysACommandPrintsIsWhatItPrints() throws Exception {
    try (World world = world("one")) {
      for (Block block : blocks()) {
        if (block.kind().equals(Optional.of("printed by"))) {
          Ended ended = world.run(block.said(), Optional.empty(), "");
          assertThat(ended.code()).as(ended.err()).isZero();
          Set<String> missing = new LinkedHashSet<>(shapes(block.lines().stream()));
          missing.removeAll(shapes((ended.out() + ended.err()).lines()));
          assertThat(missing).as("what %s shows and %s does not print", block.place(), block.said()).isEmpty();
        }
      }
    }
  }

  /** Whether a collection has run by then is chance, and with it what is known of the heap. */
  private static List<String> shapes(Stream<String> lines) {
    return lines.filter(line -> !line.strip().equals("…"))
        .map(line -> line.replaceAll("(net|Java heap): .*", "$1:").replaceAll("\\d[\\d,.:-]*", "#")
            .replaceAll("[█▒▉▊▋▌▍▎▏░~≥]", "")
            .replaceAll("# (B|KB|MB|GB|bytes)\\b", "#").replaceAll("\\s+", " ").strip())
        .filter(line -> !line.isEmpty()).toList();
  }

  /** Where that is not 0. The live heap is told after a collection, and there may have been one. */
  private static final Map<String, Set<Integer>> ENDINGS = Map.of("check PID --max heap.live=80MB", Set.of(0, 3),
      "open app.hprof", Set.of(130), "fleet ask waste", Set.of(3), "checklist orders", Set.of(1));

  @Test
  @Tag("slow")
  void theReadmesTableOfCommandsCanBeTypedAsItStands() throws Exception {
    List<String> commands = Files.readAllLines(HOME.resolve("README.md")).stream()
        .filter(line -> line.startsWith("| `./tare"))
        .flatMap(line -> CODE.matcher(line.split(" \\| ", 2)[0].replace("\\|PID", "")).results())
        .map(found -> found.group(1)).toList();
    assertThat(commands).hasSize(21);
    assertThat(wrong(commands, (world, command, wrong) -> {
      Optional<Integer> seconds = command.matches("(record|watch|open) .*") ? Optional.of(5) : Optional.empty();
      Ended ended = world.run("./tare " + command.replaceAll("\\b(PID|orders)\\b", world.pid()), seconds, "");
      if (!ENDINGS.getOrDefault(command, Set.of(0)).contains(ended.code())) {
        wrong.add(command + " ended with " + ended.code() + ": " + ended.err().strip());
      }
    })).isEmpty();
  }

  private static void tried(Block block, World world, List<String> wrong) throws Exception {
    int number = 0;
    for (String line : block.lines()) {
      number++;
      if (line.isBlank() || line.startsWith("#") || block.clause(number, "is not tried because").isPresent()) {
        continue;
      }
      Optional<Integer> seconds = block.clause(number, "is ended after").map(DocumentsTest::seconds);
      int code = block.clause(number, "ends with").map(Integer::parseInt).orElse(0);
      String command = replaced(block, line);
      Ended ended = world.run(command, seconds, block.clause(number, "hears").orElse("") + "\n");
      String place = block.page() + ":" + (block.line() + number) + ": " + command;
      if (ended.code() != code) {
        wrong.add(place + " ended with " + ended.code() + ": " + ended.err().strip());
      }
      if (ended.err().contains("\tat ") || ended.err().contains("Exception")) {
        wrong.add(place + " printed " + ended.err());
      }
      block.clause(number, "prints").filter(text -> !(ended.out() + ended.err()).contains(text))
          .ifPresent(text -> wrong.add(place + " did not print " + text + " but " + ended.out() + ended.err()));
      Matcher written = WRITTEN.matcher(command);
      boolean isWritten = written.find();
      if (isWritten ? !Files.isRegularFile(world.file(written.group(1))) : (ended.out() + ended.err()).isBlank()) {
        wrong.add(place + " wrote nothing");
      }
    }
    assertThat(block.clauses()).as(block.place()).allMatch(clause -> clause.matches(
        "with .+ = .*|line \\d+ (ends with \\d+|prints .+|hears .+|is ended after \\d+ s|is not tried because .+)"));
  }

  private static int seconds(String said) {
    Matcher seconds = ENDED.matcher(said);
    assertThat(seconds.matches()).as(said).isTrue();
    return Integer.parseInt(seconds.group(1));
  }

  private static String replaced(Block block, String line) {
    String replaced = line;
    for (String clause : block.clauses()) {
      if (clause.startsWith("with ")) {
        String[] sides = clause.substring("with ".length()).split(" = ", 2);
        replaced = replaced.replace(sides[0], sides[1]);
      }
    }
    return replaced;
  }
}
