import io.tare.include.http.Head;
import io.tare.include.http.HttpServer;
import io.tare.include.http.ServerLimits;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;

/** The hand-written HTTP of cases/include answers every request with one page from memory. PORT */
public final class OnHere {
  public static void main(String[] arguments) throws Exception {
    byte[] page = Page.bytes();
    HttpServer.start(Integer.parseInt(arguments[0]), exchange -> {
      exchange.requestBody().transferTo(OutputStream.nullOutputStream());
      exchange.answer(200, List.of(new Head.Field("Content-Type", "text/html")), OptionalLong.of(page.length)).write(page);
    }, ServerLimits.USUAL);
    Page.untilInputEnds();
  }
}
