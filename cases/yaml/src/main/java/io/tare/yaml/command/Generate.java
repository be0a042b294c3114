package io.tare.yaml.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;

/** Files to measure with; the same kind, size and version of Java give the same bytes. */
final class Generate {
  private static final String[] WORDS = ("alder birch cedar dogwood elm fir ginkgo hazel ivy juniper kapok larch maple nutmeg oak pine "
      + "quince rowan spruce teak umbra viburnum willow yew zelkova").split(" ");
  private final Random random = new Random(7);
  private final StringBuilder text = new StringBuilder();

  private Generate() {}

  static void run(Request request, PrintStream out) throws IOException {
    if (request.words().size() < 2) {
      throw new IllegalArgumentException("generate needs a kind (a to f) and a file");
    }
    String kind = request.words().getFirst();
    Path file = Path.of(request.words().get(1));
    long bytes = (request.words().size() > 2
        ? Long.parseLong(request.words().get(2))
        : kind.equals("d") ? 200 : kind.equals("f") ? 20 : 6) * 1_000_000;
    long written = new Generate().write(kind, file, bytes);
    out.printf("%s: %,d B%n", file, written);
  }

  private long write(String kind, Path file, long bytes) throws IOException {
    long written = 0;
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write(kind.equals("f") ? "[\n" : "");
      for (int i = 0; written < bytes; i++) {
        text.setLength(0);
        one(kind, i);
        writer.append(text);
        written += text.length();
      }
      writer.write(kind.equals("f") ? "\n]\n" : "");
    }
    return Files.size(file);
  }

  private void one(String kind, int i) {
    switch (kind) {
      case "a" -> large(i);
      case "b", "d" -> record(i);
      case "c" -> repeated();
      case "e" -> manifests(i);
      case "f" -> json(i);
      default -> throw new IllegalArgumentException("a kind is one of a to f, not '" + kind + "'");
    }
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private String sentence(int words) {
    StringBuilder sentence = new StringBuilder(word());
    for (int i = 1; i < words; i++) {
      sentence.append(' ').append(word()).append(random.nextInt(100_000));
    }
    return sentence.toString();
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  /** Seven values of which five are large and unlike each other. */
  private void large(int i) {
    add("- id: %d\n  title: %s\n  body: |\n", i, sentence(5));
    for (int line = 0; line < 90; line++) {
      add("    %s\n", sentence(8));
    }
    add("  fold: >-\n");
    for (int line = 0; line < 90; line++) {
      add("    %s\n%s", sentence(8), line % 10 == 9 ? "\n" : "");
    }
    byte[] blob = new byte[4500];
    random.nextBytes(blob);
    add("  quoted: \"%s \\\"x\\\" \\u00e9\"\n  blob: %s\n", sentence(600), Base64.getEncoder().encodeToString(blob));
  }

  private void record(int i) {
    add("- id: %d\n  name: %s%d\n  active: %b\n  price: %d.%02d\n  city: %s\n", i, word(), i, random.nextBoolean(),
        random.nextInt(999),
        random.nextInt(100), word());
    add("  email: \"u%d@%s.example\"\n  tags: [%s, %s, %d]\n", i, word(), word(), word(), random.nextInt(1000));
    add("  address:\n    street: %d %s st\n    zip: '%d'\n", random.nextInt(999), word(),
        10_000 + random.nextInt(89_999));
    add("    geo: {lat: %.5f, lon: %.5f}\n  note: %s\n", random.nextDouble() * 180 - 90,
        random.nextDouble() * 360 - 180,
        i % 3 == 0 ? sentence(3) : "~");
  }

  private void repeated() {
    for (int k = 0; k < 14; k++) {
      String value = WORDS[random.nextInt(20)] + " and " + WORDS[20 + random.nextInt(2)]
          + " grow in the northern part of the garden";
      add("%s configuration_parameter_%s: %s\n", k == 0 ? "-" : " ", WORDS[k], value);
    }
  }

  private void manifests(int i) {
    String name = word() + "-" + i;
    add("---\n# of %s\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: %s\n  namespace: %s\n  labels:\n",
        name, name, word());
    add("    app.kubernetes.io/name: %s\n    app.kubernetes.io/version: \"%d.%d.%d\"\n", name, random.nextInt(9),
        random.nextInt(20),
        random.nextInt(20));
    add("  annotations:\n    checksum/config: %016x%016x%016x%016x\nspec:\n  replicas: %d\n  selector:\n    matchLabels:\n      app: %s\n",
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 1 + random.nextInt(8), name);
    add("  template:\n    spec:\n      containers:\n        - name: main   # the container\n          image: \"registry.example/%s:%d\"\n",
        word(), random.nextInt(99));
    add("          command: [\"/bin/sh\", \"-c\"]\n          args:\n            - |\n              set -e\n              echo \"starting %s\"\n",
        name);
    add("              exec /app/%s --port=8080\n          env:\n            - name: FOO\n              value: \"%d\"\n",
        word(),
        random.nextInt(10_000));
    add("            - {name: BAR, value: %s}\n          ports:\n            - containerPort: 8080\n              protocol: TCP\n",
        word());
    add("          resources:\n            limits: {cpu: 500m, memory: 128Mi}\n            requests:\n              cpu: 100m\n");
    add("              memory: 64Mi\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: %s\nspec:\n  type: ClusterIP\n  ports:\n",
        name);
    add("  - port: 80\n    targetPort: 8080\n    protocol: TCP\n    name: http\n  selector:\n    app: %s\n", name);
  }

  private void json(int i) {
    add("%s{\"id\": %d, \"name\": \"%s%d\", \"active\": %b, \"price\": %d.%d, \"tags\": [\"%s\", \"%s\", %d], ",
        i == 0 ? "" : ",\n", i, word(),
        i, random.nextBoolean(), random.nextInt(999), random.nextInt(100), word(), word(), random.nextInt(1000));
    add("\"address\": {\"street\": \"%d %s st\", \"zip\": \"%d\", \"geo\": {\"lat\": %.5f, \"lon\": %.5f}}, \"note\": %s}",
        random.nextInt(999),
        word(), 10_000 + random.nextInt(89_999), random.nextDouble() * 180 - 90, random.nextDouble() * 360 - 180,
        i % 3 == 0 ? "\"" + sentence(3) + "\\n\\\"q\\\"\"" : "null");
  }
}
