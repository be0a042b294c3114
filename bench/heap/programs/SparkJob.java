import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A real heap: Spark on this machine with rows that it keeps as objects and as columns, joined and grouped. Runs from source. */
public class SparkJob {
  static SparkSession session;
  static Dataset<Row> columns;
  static List<Row> groups;
  static List<Row> objects;

  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 150_000;
    session = SparkSession.builder().master("local[2]").appName("bench").config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4").getOrCreate();
    session.sparkContext().setLogLevel("ERROR");
    columns = session.range(rows).selectExpr("id", "concat('customer ', id % 5000) as who", "id % 97 as kind", "rand(7) as paid")
        .cache();
    groups = columns.groupBy("kind").agg(java.util.Map.of("paid", "sum")).collectAsList();
    objects = columns.collectAsList();
    Thread.sleep(500);
    System.out.println("ready " + groups.size() + " " + objects.size());
    System.in.read();
    Runtime.getRuntime().halt(0);
  }
}
