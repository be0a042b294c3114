import io.tare.fleet.ask.Asking;
import io.tare.fleet.ask.Asking.Scope;
import io.tare.fleet.ask.Question;
import io.tare.fleet.schema.Table;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One question to a fleet that is read several times, each time as other nodes with other processes: more ledgers than the disk has. */
public class Copies {
  public static void main(String[] words) throws Exception {
    int copies = Integer.parseInt(words[1]);
    long megabytes = Long.parseLong(words[4].replace("g", "")) << 10;
    try (Database database = Database.open(megabytes, Integer.parseInt(words[3]))) {
      Asking asking = Asking.of(FleetFolder.open(Path.of(words[0])), new Scope(Duration.ofDays(30), "", 0.004, 1.15), database);
      for (Table table : Table.ALL) {
        database.run("ALTER VIEW " + table.name() + " RENAME TO " + table.name() + "_once");
        database.run("CREATE VIEW " + table.name() + " AS " + IntStream.range(0, copies).mapToObj(copy -> copy(table, copy)).collect(Collectors.joining(" UNION ALL ")));
      }
      var answer = asking.ask(Question.named(words[2]).orElseThrow()).table();
      System.out.println(answer.rows().size() + " rows, the first: " + answer.rows().stream().findFirst().orElse(List.of()));
    }
  }

  private static String copy(Table table, int copy) {
    return "SELECT * REPLACE (node || '-" + copy + "' AS node" + (table.has("pod") ? ", pod || '-" + copy + "' AS pod, proc + " + copy * 1_000_003L + " AS proc" : "")
        + ") FROM " + table.name() + "_once";
  }
}
