import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** A real heap: a database and a search index in memory, filled and asked by several threads, which then stand still. Runs from source. */
public class DatabaseAndIndex {
  static Connection connection;
  static IndexSearcher searcher;
  static ExecutorService pool;

  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
    connection = DriverManager.getConnection("jdbc:h2:mem:bench;CACHE_SIZE=65536");
    connection.createStatement().execute("create table orders(id bigint primary key, who varchar, what varchar, paid numeric(12,2), at timestamp)");
    connection.createStatement().execute("create index by_who on orders(who)");
    pool = Executors.newFixedThreadPool(4);
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()));
    for (int part = 0; part < 4; part++) {
      int from = part * rows / 4;
      pool.submit(() -> fill(writer, from, rows / 4));
    }
    pool.submit(() -> null).get();
    Thread.sleep(100);
    pool.shutdown();
    pool.awaitTermination(10, TimeUnit.MINUTES);
    writer.commit();
    searcher = new IndexSearcher(DirectoryReader.open(writer));
    long found = 0;
    for (int i = 0; i < 2000; i++) {
      found += searcher.count(new TermQuery(new Term("what", "word" + i % 500)));
      try (PreparedStatement ask = connection.prepareStatement("select count(*), sum(paid) from orders where who = ?")) {
        ask.setString(1, "customer" + i);
        try (ResultSet answer = ask.executeQuery()) {
          answer.next();
          found += answer.getLong(1);
        }
      }
    }
    ForkJoinPool.commonPool().invoke(ForkJoinPool.commonPool().submit(() -> null));
    if (Runtime.version().feature() >= 21) {
      startVirtualThreads();
    }
    Thread.sleep(500);
    System.out.println("ready " + found);
    System.in.read();
  }

  private static Void fill(IndexWriter writer, int from, int count) throws Exception {
    Random random = new Random(from);
    try (PreparedStatement insert = connection.prepareStatement("insert into orders values (?, ?, ?, ?, current_timestamp)")) {
      for (int i = from; i < from + count; i++) {
        String what = "word" + random.nextInt(500) + " word" + random.nextInt(5000) + " order " + i;
        insert.setLong(1, i);
        insert.setString(2, "customer" + random.nextInt(2000));
        insert.setString(3, what);
        insert.setBigDecimal(4, new java.math.BigDecimal(random.nextInt(1_000_000)).movePointLeft(2));
        insert.executeUpdate();
        Document document = new Document();
        document.add(new StringField("id", Integer.toString(i), Field.Store.YES));
        document.add(new TextField("what", what, Field.Store.YES));
        writer.addDocument(document);
      }
    }
    return null;
  }

  private static void startVirtualThreads() throws Exception {
    ExecutorService virtual = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    for (int i = 0; i < 300; i++) {
      int depth = i % 40;
      virtual.submit(() -> deep(depth));
    }
    Thread.sleep(500);
  }

  private static Void deep(int depth) throws Exception {
    if (depth > 0) {
      return deep(depth - 1);
    }
    Thread.sleep(3_600_000);
    return null;
  }
}
