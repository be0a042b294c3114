import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty answers every request with one page from memory. PORT */
public final class OnJetty {
  public static void main(String[] arguments) throws Exception {
    byte[] page = Page.bytes();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    server.addConnector(connector);
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        Content.Source.consumeAll(request, new Callback() {
          @Override
          public void succeeded() {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, page.length);
            response.write(true, ByteBuffer.wrap(page), callback);
          }

          @Override
          public void failed(Throwable reason) {
            Response.writeError(request, response, callback, 400);
          }
        });
        return true;
      }
    });
    server.start();
    Page.untilInputEnds();
  }
}
