import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the test reports of every module and says which tests did not run, and why. A test that was skipped or aborted is a promise that this
 * build did not check: it is counted, never taken for a pass.
 */
public class NotChecked {
  private static final int CLASSES_NAMED = 4;

  private record Skipped(String test, String reason) {}

  private static int run;
  private static final List<Skipped> SKIPPED = new ArrayList<>();
  private static final Map<String, int[]> BY_CLASS = new TreeMap<>();

  public static void main(String[] words) throws Exception {
    Instant buildBegan = Instant.parse(words[1]);
    try (Stream<Path> files = Files.walk(Path.of(words[0]), 5)) {
      for (Path file : files.filter(NotChecked::isReport).sorted().toList()) {
        // What an earlier build left behind does not count.
        if (!Files.getLastModifiedTime(file).toInstant().isBefore(buildBegan.minusSeconds(1))) {
          read(file);
        }
      }
    }
    say();
  }

  private static boolean isReport(Path file) {
    return file.toString().contains("/target/surefire-reports") && file.getFileName().toString().matches("TEST-.*\\.xml");
  }

  private static void read(Path file) throws IOException, XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      String test = "";
      String name = "";
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (xml.getLocalName().equals("testcase")) {
          name = xml.getAttributeValue(null, "classname").replaceAll(".*\\.", "");
          test = name + "." + xml.getAttributeValue(null, "name");
          run++;
          BY_CLASS.computeIfAbsent(name, key -> new int[2])[0]++;
        } else if (xml.getLocalName().equals("skipped")) {
          // Surefire gives the reason of an assumption in the stack trace, that of a switch as an attribute.
          String message = xml.getAttributeValue(null, "message");
          BY_CLASS.get(name)[1]++;
          SKIPPED.add(new Skipped(test, reason(message == null || message.isBlank() ? xml.getElementText() : message)));
        }
      }
    }
  }

  private static String reason(String message) {
    String line = message.replaceFirst("^[\\w.]+(Exception|Error): ", "").strip().replaceFirst("^Assumption failed: ", "")
        .lines().findFirst().orElse("").strip();
    return line.isEmpty() ? "no reason was given" : line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }

  private static void say() {
    System.out.printf("%n%,d tests ran; %d did not, so this build did not check what they promise%s%n", run - SKIPPED.size(),
        SKIPPED.size(), SKIPPED.isEmpty() ? "." : ":");
    Map<String, List<String>> byReason = new TreeMap<>();
    SKIPPED.forEach(one -> byReason.computeIfAbsent(one.reason(), key -> new ArrayList<>()).add(one.test()));
    byReason.forEach((reason, tests) -> {
      System.out.printf("  %4d  %s%n", tests.size(), reason);
      tests.stream().limit(CLASSES_NAMED).forEach(test -> System.out.println("          " + test));
      if (tests.size() > CLASSES_NAMED) {
        System.out.println("          and " + (tests.size() - CLASSES_NAMED) + " more");
      }
    });
    BY_CLASS.forEach((name, counts) -> {
      if (counts[0] == counts[1]) {
        System.out.println("  NOTHING of " + name + " was checked");
      }
    });
    System.out.println();
  }
}
