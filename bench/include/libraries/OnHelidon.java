import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.OutputStream;

/** Helidon answers every request with one page from memory. PORT */
public final class OnHelidon {
  public static void main(String[] arguments) throws Exception {
    byte[] page = Page.bytes();
    WebServer.builder().host("127.0.0.1").port(Integer.parseInt(arguments[0])).routing(routing -> routing.any((request, response) -> {
      if (request.content().hasEntity()) {
        try (var body = request.content().inputStream()) {
          body.transferTo(OutputStream.nullOutputStream());
        }
      }
      response.header(HeaderNames.CONTENT_TYPE, "text/html");
      response.send(page);
    })).build().start();
    Page.untilInputEnds();
  }
}
