package io.tare.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.ExitCode;
import io.tare.fleet.ObjectStore;
import io.tare.fleet.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tare fleet import s3://…}, by a store that checks every signature and tells two names at a time. */
@Tag("slow")
class BucketImportTest {
  private static final Map<String, String> KEY = Map.of("AWS_ACCESS_KEY_ID", ObjectStore.KEY, "AWS_SECRET_ACCESS_KEY",
      ObjectStore.SECRET);

  @TempDir
  private Path temporary;
  private ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    store = ObjectStore.start();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private int run(Terminal terminal, String place) {
    return terminal.run("fleet", "import", place, "--endpoint", store.endpoint(), "--fleet",
        temporary.resolve("fleet").toString());
  }

  private boolean isOfTheStore(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return store.objects.values().stream().anyMatch(object -> Arrays.equals(object, content));
    } catch (IOException noneOrGone) {
      return false;
    }
  }

  private void puts(String place, long pid) throws Exception {
    store.objects.put(place, Files.readAllBytes(Recorded.write(temporary.resolve("x"), pid, 5, Recorded.LABELS)));
  }

  @Test
  void whatAgentsPutBelowThePrefixIsTakenOnceAndTheRestIsNamed() throws Exception {
    for (int i = 0; i < 5; i++) {
      // Recordings like no other's: theirs, too, pass through the folder for temporary files, while another build runs.
      puts("prod/day=2026-03-01/web-1/orders-" + i + ".tarerec", ProcessHandle.current().pid() * 5 + i);
    }
    puts("elsewhere/orders.tarerec", 9);
    store.objects.put("prod/day=2026-03-01/web-1/torn.tarerec",
        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
    store.objects.put("prod/readme.txt", new byte[] {1});
    Terminal terminal = new Terminal(KEY);
    assertThat(run(terminal, "s3://memory/prod/")).as(terminal.err()).isEqualTo(ExitCode.FINE);
    assertThat(terminal.err()).contains("took 5 files: 25 ledgers of 1 day; passed over 1 other file",
        "tare: day=2026-03-01/web-1/torn.tarerec is left out: ").doesNotContain("/tmp/");
    assertThat(run(terminal, "s3://memory/prod")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.err()).contains("took 0 files: 0 ledgers of 0 days; 5 were there already");
    assertThat(store.objects).as("and stays there").hasSize(8);
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.map(file -> file.resolve("fetched.tarerec"))).as("nothing fetched is left behind")
          .noneMatch(this::isOfTheStore);
    }
  }

  @Test
  void aWrongKeyABucketThatIsNotThereAndAStoreThatIsAwayAreEachSaidInASentence() throws Exception {
    puts("prod/orders.tarerec", 4711);
    Terminal stranger = new Terminal(Map.of("AWS_ACCESS_KEY_ID", "other", "AWS_SECRET_ACCESS_KEY", "s"));
    assertThat(run(stranger, "s3://memory/prod")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(stranger.err().lines()).singleElement().asString().contains("s3://memory/prod at " + store.endpoint()
        + " refuses the key: 403 InvalidAccessKeyId; it takes one that may s3:ListBucket there (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)");
    Terminal terminal = new Terminal(KEY);
    assertThat(run(terminal, "s3://nowhere/prod")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err().lines()).singleElement().asString()
        .contains("there is no bucket nowhere (s3://nowhere/prod");
    Terminal keyless = new Terminal(Map.of("AWS_ACCESS_KEY_ID", "half"));
    assertThat(run(keyless, "s3://memory/prod")).isEqualTo(ExitCode.USAGE);
    assertThat(keyless.err()).contains("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together");
    store.close();
    assertThat(run(terminal, "s3://memory/prod")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err().lines()).singleElement().asString()
        .isEqualTo("tare: no answer from s3://memory/prod at " + store.endpoint() + ": Connection refused");
  }
}
