package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.formats.ParseLimits;
import io.tare.formats.json.JsonText;
import io.tare.report.look.MetricsDialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that people copy: they say what they should, with options that there are, and ask for metrics that there are. */
class DeploymentFilesTest {
  private static final Path DOCUMENTS = Path.of("../../docs/agent");

  @TempDir
  private Path folder;

  /** The plain part of YAML that these files keep to: mappings, lists, scalars, by indentation; {@code spec.containers[0].name} to its text. */
  private static Map<String, String> yaml(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    Deque<String> paths = new ArrayDeque<>(List.of(""));
    Deque<Integer> indents = new ArrayDeque<>(List.of(-1));
    Map<String, Integer> items = new HashMap<>();
    for (String line : text.lines().filter(one -> !one.isBlank() && !one.strip().startsWith("#")).toList()) {
      String rest = line.strip();
      int indent = line.length() - line.stripLeading().length();
      while (rest.startsWith("- ")) {
        pop(paths, indents, indent);
        String path = paths.getFirst() + "[" + items.merge(paths.getFirst(), 1, Integer::sum) + "]";
        paths.push(path);
        indents.push(indent);
        rest = rest.substring(2).strip();
        indent += 2;
      }
      int colon = rest.startsWith("\"") ? -1 : (rest + " ").indexOf(": ");
      if (colon < 0) {
        found.put(paths.getFirst(), rest);
        continue;
      }
      pop(paths, indents, indent);
      String path = (paths.getFirst().isEmpty() ? "" : paths.getFirst() + ".") + rest.substring(0, colon);
      String value = rest.substring(Math.min(rest.length(), colon + 1)).strip();
      if (value.isEmpty()) {
        paths.push(path);
        indents.push(indent);
      } else {
        assertThat(found.put(path, value)).as("%s is said once", path).isNull();
      }
    }
    return found;
  }

  private static void pop(Deque<String> paths, Deque<Integer> indents, int indent) {
    while (indents.getFirst() >= indent) {
      indents.pop();
      paths.pop();
    }
  }

  private static List<String> list(String flow) {
    return Arrays.stream(flow.replaceAll("^\\[|]$", "").split(",\\s*")).map(word -> word.replace("\"", "")).toList();
  }

  /** The agent takes these words as they are. */
  private AgentSettings accepted(List<String> words) throws Exception {
    assertThat(words.getFirst()).isEqualTo("agent");
    return AgentSettings.of(Arguments.parse(AgentCommand.COMMAND, words.subList(1, words.size())),
        Console.withoutAnswers(Map.of()));
  }

  @Test
  void theDaemonSetHasTwoCapabilitiesAndNoMore() throws Exception {
    List<Map<String, String>> all = Arrays
        .stream(Files.readString(DOCUMENTS.resolve("daemonset.yaml")).split("(?m)^---$")).map(DeploymentFilesTest::yaml)
        .toList();
    assertThat(all).extracting(one -> one.get("kind")).containsExactly("Namespace", "ServiceAccount", "ClusterRole",
        "ClusterRoleBinding", "DaemonSet");
    Map<String, String> role = all.get(2);
    assertThat(role).containsEntry("rules[1].resources", "[nodes/pods]").containsEntry("rules[1].verbs", "[get]")
        .doesNotContainKey("rules[2].verbs");
    Map<String, String> set = all.get(4);
    String pod = "spec.template.spec.";
    assertThat(set).containsEntry(pod + "hostPID", "true")
        .containsEntry(pod + "serviceAccountName", all.get(1).get("metadata.name"))
        .doesNotContainKeys(pod + "hostNetwork", pod + "hostIPC");
    String security = pod + "containers[1].securityContext.";
    assertThat(set).containsEntry(security + "privileged", "false")
        .containsEntry(security + "allowPrivilegeEscalation", "false")
        .containsEntry(security + "readOnlyRootFilesystem", "true")
        .containsEntry(security + "capabilities.drop", "[ALL]")
        .containsEntry(security + "capabilities.add", "[SYS_PTRACE, DAC_READ_SEARCH]");
    assertThat(set.get("spec.selector.matchLabels.app.kubernetes.io/name"))
        .isEqualTo(set.get("spec.template.metadata.labels.app.kubernetes.io/name"));
    List<String> words = set.entrySet().stream().filter(one -> one.getKey().startsWith(pod + "containers[1].args["))
        .map(Map.Entry::getValue).toList();
    assertThat(accepted(words).rule().group()).contains("kubepods");
    assertThat(mounts(set, pod)).as("all but the state is read only").containsOnlyKeys("state", "logs", "groups", "tmp")
        .containsEntry("logs", "true").containsEntry("groups", "true");
  }

  private static Map<String, String> mounts(Map<String, String> set, String pod) {
    Map<String, String> found = new HashMap<>();
    for (int i = 1; set.containsKey(pod + "containers[1].volumeMounts[" + i + "].name"); i++) {
      String mount = pod + "containers[1].volumeMounts[" + i + "].";
      found.put(set.getOrDefault(mount + "name", ""), set.getOrDefault(mount + "readOnly", "false"));
      assertThat(set).containsEntry(pod + "volumes[" + i + "].name", set.get(mount + "name"));
    }
    return found;
  }

  @Test
  void theComposeFileHasThem() throws Exception {
    Map<String, String> compose = yaml(Files.readString(DOCUMENTS.resolve("compose.yaml")));
    String agent = "services.tare-agent.";
    assertThat(compose).containsEntry(agent + "cap_drop", "[ALL]")
        .containsEntry(agent + "cap_add", "[SYS_PTRACE, DAC_READ_SEARCH]")
        .containsEntry(agent + "read_only", "true").containsEntry(agent + "pid", "host")
        .doesNotContainKey(agent + "privileged");
    assertThat(compose.get(agent + "security_opt")).contains("no-new-privileges:true");
    assertThat(compose.get(agent + "ports")).as("to this machine only").contains("127.0.0.1:");
    accepted(list(compose.getOrDefault(agent + "command", "")));
  }

  @Test
  void theUnitOfSystemdHasThemAndAUserOfItsOwn() throws Exception {
    Map<String, String> unit = Files.readAllLines(DOCUMENTS.resolve("tare-agent.service")).stream()
        .filter(line -> line.matches("[A-Za-z]+=.*"))
        .collect(Collectors.toMap(line -> line.split("=", 2)[0], line -> line.split("=", 2)[1]));
    assertThat(unit).containsEntry("AmbientCapabilities", "CAP_SYS_PTRACE CAP_DAC_READ_SEARCH")
        .containsEntry("CapabilityBoundingSet", "CAP_SYS_PTRACE CAP_DAC_READ_SEARCH")
        .containsEntry("NoNewPrivileges", "yes")
        .containsEntry("User", "tare").containsEntry("StateDirectoryMode", "0700");
    accepted(new ArrayList<>(List.of(unit.getOrDefault("ExecStart", "").replaceFirst("^\\S*tare ", "").split(" "))));
  }

  @Test
  void everyMetricOfTheDashboardIsServedAndEveryOneThatIsServedIsOnIt() throws Exception {
    AgentNumbers numbers = new AgentNumbers();
    numbers.lastDeliveryMillis.set(1);
    Set<String> served;
    try (Spool spool = Spool.open(folder.resolve("spool"), 64 << 10)) {
      AgentPage page = new AgentPage(numbers, spool, "1", "node");
      page.show(new AgentPage.Now(0.005, 2, 15_000, 60, 0.5,
          List.of(new AgentPage.ServiceSum("shop", "orders", 2, 20, 2, 10, 1))));
      served = page.render(MetricsDialect.PROMETHEUS_TEXT).lines().filter(line -> !line.startsWith("#"))
          .map(line -> line.replaceFirst("[{ ].*", "")).collect(Collectors.toCollection(TreeSet::new));
    }
    String dashboard = Files.readString(DOCUMENTS.resolve("grafana-dashboard.json"));
    JsonText.parse("dashboard", dashboard, ParseLimits.DEFAULT);
    Set<String> asked = Pattern.compile("\\btare_(?:agent|service)_[a-z_]+").matcher(dashboard).results()
        .map(one -> one.group())
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked).isEqualTo(served);
  }
}
