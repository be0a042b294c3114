package io.tare.fleet.agent;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.json.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pods of a node, as the kubelet or {@code kubectl get pods -o json} tells them: containers by their id, and pods by their uid for a
 * container that was not running yet when the list was made.
 */
record PodList(Map<String, Placed> byContainerId, Map<String, Placed> byPodUid) {
  static final PodList NONE = new PodList(Map.of(), Map.of());

  private static final List<String> SERVICE_LABELS = List.of("app.kubernetes.io/name", "app", "k8s-app");
  private static final List<String> VERSION_LABELS = List.of("app.kubernetes.io/version", "version");
  private static final List<String> UIDS_OF_FILES = List.of("kubernetes.io/config.hash", "kubernetes.io/config.mirror");
  private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(Ki|Mi|Gi|Ti|k|M|G|T|m)?");
  private static final Pattern TAG = Pattern.compile(":([^/:@]{1,128})(?:@.*)?$");

  /** One container's place; of a pod as a whole {@code container} and {@code image} are empty. */
  record Placed(String namespace, String pod, String podUid, Optional<String> service, Optional<String> version,
      String container, String image, OptionalLong requestBytes, OptionalLong limitBytes) {}

  PodList {
    byContainerId = Map.copyOf(byContainerId);
    byPodUid = Map.copyOf(byPodUid);
  }

  static PodList parse(String json) throws NotThisFormat {
    Object document = JsonText.parse("the list of pods", json, ParseLimits.DEFAULT).value();
    if (!(document instanceof Map<?, ?> members) || !(members.get("items") instanceof List<?> items)) {
      throw new NotThisFormat("this is no list of pods: it has no items");
    }
    Map<String, Placed> containers = new HashMap<>();
    Map<String, Placed> pods = new HashMap<>();
    for (Object item : items) {
      pod(new Node(item), containers, pods);
    }
    return new PodList(containers, pods);
  }

  private static void pod(Node item, Map<String, Placed> containers, Map<String, Placed> pods) {
    Node about = item.at("metadata");
    Placed pod = new Placed(about.text("namespace"), about.text("name"), about.text("uid"),
        first(about.at("labels"), SERVICE_LABELS), first(about.at("labels"), VERSION_LABELS), "", "",
        OptionalLong.empty(), OptionalLong.empty());
    if (pod.pod().isEmpty()) {
      return;
    }
    pods.put(pod.podUid(), pod);
    UIDS_OF_FILES.forEach(name -> Optional.of(about.at("annotations").text(name)).filter(uid -> !uid.isEmpty())
        .ifPresent(uid -> pods.put(uid, pod)));
    Map<String, Node> specs = new HashMap<>();
    for (String kind : List.of("containers", "initContainers")) {
      item.at("spec").list(kind).forEach(spec -> specs.put(spec.text("name"), spec));
    }
    for (String kind : List.of("containerStatuses", "initContainerStatuses")) {
      for (Node status : item.at("status").list(kind)) {
        String id = status.text("containerID").replaceFirst("^.*://", "");
        if (!id.isEmpty()) {
          containers.put(id, container(pod, status, specs.getOrDefault(status.text("name"), Node.NOTHING)));
        }
      }
    }
  }

  private static Placed container(Placed pod, Node status, Node spec) {
    String image = spec.text("image").isEmpty() ? status.text("image") : spec.text("image");
    Node memory = spec.at("resources");
    return new Placed(pod.namespace(), pod.pod(), pod.podUid(), pod.service(), pod.version().or(() -> tag(image)),
        status.text("name"), image, bytes(memory.at("requests").text("memory")),
        bytes(memory.at("limits").text("memory")));
  }

  private static Optional<String> first(Node labels, List<String> names) {
    return names.stream().map(labels::text).filter(text -> !text.isEmpty()).findFirst();
  }

  /** The version that an image's name ends with; a tag that stands for whatever is newest is none. */
  static Optional<String> tag(String image) {
    Matcher tag = TAG.matcher(image);
    return tag.find() && !tag.group(1).equals("latest") ? Optional.of(tag.group(1)) : Optional.empty();
  }

  /** {@code 512Mi}, {@code 1G}, {@code 1.5Gi}, {@code 1000}. */
  static OptionalLong bytes(String quantity) {
    Matcher form = QUANTITY.matcher(quantity);
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    double unit = switch (form.group(2) == null ? "" : form.group(2)) {
      case "m" -> 1e-3;
      case "k" -> 1e3;
      case "M" -> 1e6;
      case "G" -> 1e9;
      case "T" -> 1e12;
      case "Ki" -> 1L << 10;
      case "Mi" -> 1L << 20;
      case "Gi" -> 1L << 30;
      case "Ti" -> 1L << 40;
      default -> 1;
    };
    return OptionalLong.of(Math.round(Double.parseDouble(form.group(1)) * unit));
  }

  /** A value of the document; what is not there is empty. */
  private record Node(Object value) {
    static final Node NOTHING = new Node(Map.of());

    Node at(String name) {
      Object found = value instanceof Map<?, ?> members ? members.get(name) : null;
      return found == null ? NOTHING : new Node(found);
    }

    String text(String name) {
      Object found = at(name).value;
      return found instanceof String || found instanceof Number ? String.valueOf(found) : "";
    }

    List<Node> list(String name) {
      return at(name).value instanceof List<?> items
          ? items.stream().map(item -> new Node((Object) item)).toList()
          : List.of();
    }
  }
}
