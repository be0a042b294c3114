import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends every request of a corpus, and a second one right behind it, to servers on loopback, and prints what each answers: the
 * statuses in order, and whether the connection ended. Run by {@code bench/include/framing}.
 */
public final class Framing {
  private static final int SILENCE_MILLIS = 1_500;
  private static final String SECOND = "GET /plain/7777 HTTP/1.1\r\nHost: x\r\n\r\n";

  /** CORPUS NAME=PORT… */
  public static void main(String[] arguments) throws IOException {
    List<String> servers = List.of(arguments).subList(1, arguments.length);
    Map<String, Integer> tally = new TreeMap<>();
    System.out.println("| request | wrong in | " + String.join(" | ", servers.stream().map(one -> one.split("=")[0]).toList()) + " |");
    System.out.println("|---|---|" + "---|".repeat(servers.size()));
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ", 4);
        StringBuilder row = new StringBuilder("| " + words[2] + " | " + (words[1].equals("fine") ? "nothing" : "the " + words[1]));
        for (String server : servers) {
          String[] nameAndPort = server.split("=");
          String answer = answer(Integer.parseInt(nameAndPort[1]), bytes(words[3]) + SECOND);
          row.append(" | ").append(answer);
          tally.merge((words[1].equals("fine") ? "fine" : "wrong") + ", " + nameAndPort[0] + ": " + kind(answer), 1, Integer::sum);
        }
        System.out.println(row + " |");
      }
    }
    System.out.println();
    tally.forEach((what, count) -> System.out.printf("%-50s %4d%n", what, count));
  }

  private static String kind(String answer) {
    return answer.startsWith("200 200") ? "both answered" : answer.startsWith("4") || answer.startsWith("505")
        ? "refused" + (answer.endsWith("open") ? ", open" : ", closed") : answer.startsWith("200") ? "the first answered alone" : answer;
  }

  private static String bytes(String escaped) {
    return Pattern.compile("\\\\(r|n|t|x([0-9a-f]{2}))").matcher(escaped).replaceAll(found -> switch (found.group(1).charAt(0)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case 't' -> "\t";
      default -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(2), 16)));
    });
  }

  private static String answer(int port, String request) throws IOException {
    StringBuilder got = new StringBuilder();
    String end = "open";
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[65_536];
      int read = in.read(buffer);
      while (read >= 0) {
        got.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        read = in.read(buffer);
      }
      end = "closed";
    } catch (SocketTimeoutException silent) {
      end = "open";
    } catch (IOException reset) {
      end = "closed";
    }
    StringBuilder statuses = new StringBuilder();
    Matcher status = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3}) ").matcher(got);
    while (status.find()) {
      statuses.append(status.group(1)).append(' ');
    }
    return (statuses.isEmpty() ? "nothing " : statuses.toString()) + end;
  }
}
