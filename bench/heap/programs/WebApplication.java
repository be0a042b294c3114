import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A real heap: a web application with Spring Boot, Tomcat and Jackson that has answered some thousand requests. Runs from source. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(WebApplication.Orders.class)
public class WebApplication {
  public record Order(int id, String customer, Map<String, Integer> items) {}

  @RestController
  public static class Orders {
    final Map<Integer, Order> orders = new ConcurrentHashMap<>();

    @GetMapping("/orders/{id}")
    public Order order(@PathVariable("id") int id) {
      return orders.computeIfAbsent(id, key -> new Order(key, "customer " + key % 100, new TreeMap<>(Map.of("apples", key, "pears", key / 2))));
    }
  }

  static ServletWebServerApplicationContext context;

  public static void main(String[] arguments) throws Exception {
    int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4_000;
    SpringApplication application = new SpringApplication(WebApplication.class);
    application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1", "spring.main.banner-mode", "off",
        "logging.level.root", "warn"));
    context = (ServletWebServerApplicationContext) application.run();
    long length = 0;
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < requests; i++) {
      URI address = URI.create("http://127.0.0.1:" + context.getWebServer().getPort() + "/orders/" + i);
      length += client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body().length();
    }
    // What closes when nobody asks any more has closed by then.
    Thread.sleep(3_000);
    System.out.println("ready " + length);
    System.in.read();
    Runtime.getRuntime().halt(0);
  }
}
