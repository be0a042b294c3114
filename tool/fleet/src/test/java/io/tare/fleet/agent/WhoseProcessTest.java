package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.fleet.agent.WhoseProcess.Where;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a process is, from log files' names and a list of pods. */
class WhoseProcessTest {
  private static final String ID = "4f5e0a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789ab";
  private static final String UID = "1f2a3b4c-5d6e-7f80-9a0b-1c2d3e4f5a6b";
  private static final GroupNames POD = GroupNames.of("0::/kubepods/pod" + UID + "/" + ID);
  private static final RecordedProcess JAVA = new RecordedProcess(99_999_999, 5, "boot", "orders.jar", "HotSpot JVM",
      OptionalLong.empty());
  private static final String PODS = """
      {"kind": "PodList", "items": [{
        "metadata": {"name": "orders-7d9f8b6c5-x2x4z", "namespace": "shop", "uid": "%s",
          "labels": {"app": "orders", "pod-template-hash": "7d9f8b6c5"}},
        "spec": {"containers": [
          {"name": "main", "image": "registry.example:5000/orders:1.4.2",
            "resources": {"requests": {"memory": "512Mi", "cpu": "1"}, "limits": {"memory": "1Gi"}}},
          {"name": "side", "image": "side"}]},
        "status": {"containerStatuses": [
          {"name": "main", "containerID": "containerd://%s"}, {"name": "side", "containerID": ""}]}},
        {"metadata": {"name": "etcd-node", "namespace": "kube-system", "uid": "other",
          "annotations": {"kubernetes.io/config.hash": "1f2a3b4c5d6e7f809a0b1c2d3e4f5a6b"}}}]}
      """.formatted(UID, ID);

  @TempDir
  private Path folder;
  private final List<String> said = new ArrayList<>();

  private WhoseProcess whose(Optional<Path> pods, Optional<String> service) {
    WhoseProcess whose = new WhoseProcess(new Where("prod", "node-7", service, folder,
        pods.map(file -> new PodSource(file.toString(), folder, folder)), OptionalLong.of(8L << 30)),
        new AgentLog(said::add));
    whose.refresh(1);
    return whose;
  }

  @Test
  void theListOfPodsTellsNamesImageVersionAndRequest() throws IOException {
    Path pods = Files.writeString(folder.resolve("pods.json"), PODS);
    WhoseProcess whose = whose(Optional.of(pods), Optional.empty());
    assertThat(whose.labels(JAVA, POD))
        .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("cluster", "prod"), Map.entry("node", "node-7"),
            Map.entry("namespace", "shop"), Map.entry("pod", "orders-7d9f8b6c5-x2x4z"), Map.entry("container", "main"),
            Map.entry("image", "registry.example:5000/orders:1.4.2"), Map.entry("version", "1.4.2"),
            Map.entry("request_bytes", Long.toString(512L << 20)), Map.entry("service", "orders"),
            Map.entry("pod_uid", UID),
            Map.entry("container_id", ID), Map.entry("node_memory_bytes", Long.toString(8L << 30))));
    assertThat(whose.limitBytes(POD)).hasValue(1L << 30);
    assertThat(said).isEmpty();
  }

  @Test
  void aPodOfAFileIsFoundByTheHashThatItsGroupIsNamedAfter() throws IOException {
    Path pods = Files.writeString(folder.resolve("pods.json"), PODS);
    GroupNames group = GroupNames
        .of("0::/kubepods/burstable/pod1f2a3b4c5d6e7f809a0b1c2d3e4f5a6b/" + ID.replace('4', '0'));
    assertThat(whose(Optional.of(pods), Optional.empty()).labels(JAVA, group)).containsEntry("pod", "etcd-node")
        .containsEntry("namespace", "kube-system").doesNotContainKeys("container", "image", "version");
  }

  @Test
  void withoutTheListTheNamesOfLogFilesTellPodNamespaceAndContainer() throws IOException {
    Files.createFile(folder.resolve("orders-7d9f8b6c5-x2x4z_shop_main-" + ID + ".log"));
    Files.createFile(folder.resolve("something else.log"));
    Map<String, String> labels = whose(Optional.empty(), Optional.empty()).labels(JAVA, POD);
    assertThat(labels).containsEntry("pod", "orders-7d9f8b6c5-x2x4z").containsEntry("namespace", "shop")
        .containsEntry("container", "main").containsEntry("service", "orders").doesNotContainKeys("image", "version");
  }

  @Test
  void outsideOfPodsAServiceIsTheUnitThenWhatTheNodeIsToldThenTheProcess() {
    assertThat(
        whose(Optional.empty(), Optional.of("batch")).labels(JAVA, GroupNames.of("0::/system.slice/billing@2.service")))
        .containsEntry("service", "billing").containsEntry("unit", "billing@2.service");
    assertThat(whose(Optional.empty(), Optional.of("batch")).labels(JAVA, GroupNames.NONE)).containsEntry("service",
        "batch");
    assertThat(whose(Optional.empty(), Optional.empty()).labels(JAVA, GroupNames.NONE)).containsEntry("service",
        "orders.jar");
  }

  @Test
  void aListThatCantBeReadIsSaidAndTheRestIsStillKnown() throws IOException {
    Files.createFile(folder.resolve("orders-0_shop_main-" + ID + ".log"));
    Path pods = Files.writeString(folder.resolve("pods.json"), "<html>");
    WhoseProcess whose = whose(Optional.of(pods), Optional.empty());
    assertThat(whose.labels(JAVA, POD)).containsEntry("pod", "orders-0").containsEntry("service", "orders");
    assertThat(said).singleElement().asString().contains("event=pods-not-read", "last-read-s-ago=never");
  }

  @Test
  void namesThatBecomeKnownLaterAreASecondEdition() throws IOException {
    WhoseProcess whose = whose(Optional.empty(), Optional.empty());
    assertThat(whose.labels(JAVA, POD)).doesNotContainKey("pod");
    int before = whose.edition();
    Files.createFile(folder.resolve("orders-0_shop_main-" + ID + ".log"));
    whose.refresh(30_000);
    assertThat(whose.edition()).as("not before a minute is over").isEqualTo(before);
    whose.refresh(60_001);
    assertThat(whose.edition()).isEqualTo(before + 1);
    assertThat(whose.labels(JAVA, POD)).containsEntry("pod", "orders-0");
  }

  @Test
  void endingsOfPodsThatKubernetesMakes() {
    assertThat(List.of("orders-7d9f8b6c5-x2x4z", "orders-0", "orders-abcde", "orders", "order-service-7d9f8b6c5-x2x4z"))
        .extracting(WhoseProcess::withoutEnding)
        .containsExactly("orders", "orders", "orders", "orders", "order-service");
  }

  @Test
  void quantitiesAndTags() throws Exception {
    assertThat(List.of("512Mi", "1G", "1.5Gi", "1000", "128974848000m", "lots", ""))
        .extracting(PodList::bytes).containsExactly(OptionalLong.of(512L << 20), OptionalLong.of(1_000_000_000),
            OptionalLong.of(3L << 29), OptionalLong.of(1000), OptionalLong.of(128_974_848), OptionalLong.empty(),
            OptionalLong.empty());
    assertThat(List.of("a/b:1.2", "host:5000/a", "a:latest", "a:1@sha256:00", "a")).extracting(PodList::tag)
        .containsExactly(Optional.of("1.2"), Optional.empty(), Optional.empty(), Optional.of("1"), Optional.empty());
    assertThatThrownBy(() -> PodList.parse("[]")).hasMessageContaining("no list of pods");
  }
}
