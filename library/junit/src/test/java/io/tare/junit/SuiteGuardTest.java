package io.tare.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One property and a file guard tests that carry no annotation. */
@Tag("slow")
class SuiteGuardTest {
  private static final String AUTODETECTION = "junit.jupiter.extensions.autodetection.enabled";
  private static final List<Object> KEPT = new ArrayList<>();
  private static final Map<Integer, char[]> DECLARED = new HashMap<>();
  private static volatile Object sink;

  @TempDir
  Path folder;

  @Test
  void aBudgetFileHoldsForTestsClassesAndSingleMethods() throws IOException {
    String plain = Plain.class.getName();
    Map<String, String> results = run(Plain.class, """
        heap = 10 MB
        threads = on
        %s.roomy.heap = 200 MB
        %s.leaks.leak = 10
        %s.fillsADeclaredCache.leak = 10
        ignore = %s.DECLARED
        """.formatted(plain, plain, plain, SuiteGuardTest.class.getName()), Map.of());
    assertThat(results.get("grows()")).startsWith("living objects grew by").contains("limit 10.0 MB");
    assertThat(results.get("roomy()")).isEmpty();
    assertThat(results.get("leavesAThread()")).startsWith("1 thread left behind");
    assertThat(results.get("leaks()")).startsWith("Leak: grows with every run of the work: long[], held by static")
        .contains("static io.tare.junit.SuiteGuardTest.KEPT (ArrayList) → long[]");
    assertThat(results.get("fillsADeclaredCache()")).isEmpty();
    assertThat(results.get("ownAnnotation()")).startsWith("allocates").contains("limit 1 B")
        .contains("about 1.00 objects per call (sampled by JFR)");
  }

  @Test
  void withoutTheFileNothingIsGuarded() throws IOException {
    Map<String, String> results = run(Plain.class, "", Map.of());
    assertThat(results.get("grows()")).isEmpty();
    assertThat(results.get("leaks()")).isEmpty();
  }

  @Test
  void guardsOfTheWholeProcessRefuseToRunBesideOthers() throws IOException {
    Map<String, String> results = run(Plain.class, "heap = 10 MB",
        Map.of("junit.jupiter.execution.parallel.enabled", "true"));
    assertThat(results.get("grows()")).startsWith("-Dtare.guard looks at the whole process");
  }

  @Test
  void aGuardThatGuardsNothingIsRefusedThoughNoOtherGuardIsNear() {
    assertThatThrownBy(() -> run(OnlyOnALifecycleMethod.class, "", Map.of()))
        .hasStackTraceContaining(
            "OnlyOnALifecycleMethod: @NoLeak on prepare() guards nothing, because that is no test method");
  }

  @Test
  void anUnknownGuardInTheFileIsRefusedWithTheKnownOnes() throws IOException {
    Path file = Files.writeString(folder.resolve("budget.properties"), "com.acme.OrderTest.heep = 1 MB\n");
    assertThatThrownBy(() -> Budget.read(file))
        .hasMessageEndingWith(
            "unknown guard in \"com.acme.OrderTest.heep\"; there are allocation, directBuffers, heap, ignore, leak, rss, threads");
  }

  @Test
  void aLimitOfObjectsIsHeldBySamples() throws Exception {
    MemoryGuards.maxAllocations(2, () -> sink = new long[][] {new long[3]});
    assertThatThrownBy(() -> MemoryGuards.maxAllocations(1, () -> sink = new long[][] {new long[3]}))
        .hasMessageMatching("(?s)allocates about (1[.][89]|2[.][01])\\d objects per call.*")
        .hasMessageContaining("objects per call (sampled by JFR), limit 1 objects");
    MemoryGuards.maxAllocations(0, () -> KEPT.size());
  }

  /** Messages of the tests by name, empty for passed, with a budget file of this text; no file when it is empty. */
  private Map<String, String> run(Class<?> tests, String budget, Map<String, String> parameters) throws IOException {
    Map<String, String> results = new HashMap<>();
    if (!budget.isEmpty()) {
      System.setProperty(Budget.SWITCH, Files.writeString(folder.resolve("guards.properties"), budget).toString());
    }
    try (LauncherSession session = LauncherFactory.openSession()) {
      session.getLauncher().execute(
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).configurationParameters(parameters)
              .build(),
          new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
              results.put(test.getDisplayName(), result.getThrowable().map(Throwable::getMessage).orElse(""));
            }
          });
    } finally {
      System.clearProperty(Budget.SWITCH);
      System.clearProperty(AUTODETECTION);
    }
    return results;
  }

  static class Plain {
    private static int counter;

    @Test
    void grows() {
      sink = new byte[30][1_000_000];
    }

    @Test
    void roomy() {
      sink = new byte[30][1_000_000];
    }

    @Test
    void leavesAThread() {
      Thread thread = new Thread(() -> {
        try {
          Thread.sleep(60_000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }, "left by a suite's test");
      thread.setDaemon(true);
      thread.start();
    }

    @Test
    void leaks() {
      KEPT.add(new long[6]);
    }

    @Test
    void fillsADeclaredCache() {
      DECLARED.put(1000 + counter++, new char[100]);
    }

    @Test
    @MaxAllocation("1 B")
    void ownAnnotation() {
      sink = new long[6];
    }
  }

  static class OnlyOnALifecycleMethod {
    @BeforeEach
    @NoLeak
    void prepare() {}

    @Test
    void plain() {}
  }
}
