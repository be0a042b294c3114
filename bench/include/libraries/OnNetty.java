import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Netty answers every request with one page from memory, and 400 where its decoder failed. PORT */
public final class OnNetty {
  public static void main(String[] arguments) throws Exception {
    byte[] page = Page.bytes();
    NioEventLoopGroup group = new NioEventLoopGroup();
    new ServerBootstrap().group(group).channel(NioServerSocketChannel.class).childHandler(new ChannelInitializer<SocketChannel>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Answering(page));
      }
    }).bind("127.0.0.1", Integer.parseInt(arguments[0])).sync();
    Page.untilInputEnds();
  }

  private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final byte[] page;

    Answering(byte[] page) {
      this.page = page;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      boolean isWrong = request.decoderResult().isFailure();
      boolean stays = !isWrong && HttpUtil.isKeepAlive(request);
      DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
          isWrong ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.OK, Unpooled.wrappedBuffer(isWrong ? new byte[0] : page));
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/html");
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
      var written = context.writeAndFlush(response);
      if (!stays) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      context.close();
    }
  }
}
