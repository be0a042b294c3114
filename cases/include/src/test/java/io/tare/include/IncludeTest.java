package io.tare.include;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncludeTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void whatTheCommandLineCantMeanIsSaid() throws Exception {
    assertThat(run("walk")).isEqualTo(2);
    assertThat(run("proxy")).isEqualTo(2);
    assertThat(run("proxy", "--origin", "no port:x")).isEqualTo(2);
    assertThat(run("proxy", "--origin", "a:1", "--forwarded", "all")).isEqualTo(2);
    assertThat(run("proxy", "--origin", "a:1", "--listen", "no such place")).isEqualTo(2);
    assertThat(run("proxy", "--origin", "a:1", "--idle-ms", "-1")).isEqualTo(2);
    assertThat(run("load", "--target", "localhost:1", "--kind", "films")).isEqualTo(2);
    assertThat(run("load", "--target", "localhost:1", "--rate", "many")).isEqualTo(2);
    assertThat(run("origin", "--depth", "3")).isEqualTo(2);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("unknown command walk",
        "which origin? --origin HOST:PORT",
        "an origin is HOST:PORT, not no port:x", "--forwarded is x, rfc, both or none, not all",
        "--listen is an address of this machine, not no such place",
        "--idle-ms must be a whole number up to 86400000, not -1",
        "--kind is page, plain or fragment, not films",
        "--rate must be a whole number up to 1000000, not many", "unknown option --depth");
  }

  @Test
  void aLoadOnNobodyIsAFinding() throws Exception {
    assertThat(run("load", "--target", "127.0.0.1:1", "--rate", "20", "--seconds", "1")).isEqualTo(1);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains(" 0 answered");
  }

  private int run(String... arguments) throws Exception {
    return Include.run(List.of(arguments), new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }
}
