package io.tare.sync.destination;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.SocketSessionConfig;

/** An FTP server on a loopback port that counts how often each file got its name. */
public final class FileServer implements AutoCloseable {
  public static final String USER = "sync";
  public static final String PASSWORD = "known-to-both";

  private final FtpServer server;
  private final int port;
  private final Map<String, Integer> arrivals;

  private FileServer(FtpServer server, int port, Map<String, Integer> arrivals) {
    this.server = server;
    this.port = port;
    this.arrivals = arrivals;
  }

  public static FileServer start(Path directory) throws Exception {
    return start(directory, new ListenerFactory(), 2);
  }

  static FileServer startQuick(Path directory) throws Exception {
    return start(directory, new ListenerFactory(), 0);
  }

  static FileServer startEncrypted(Path directory, Path keyStore, String keyPassword) throws Exception {
    SslConfigurationFactory ssl = new SslConfigurationFactory();
    ssl.setKeystoreFile(keyStore.toFile());
    ssl.setKeystorePassword(keyPassword);
    ssl.setKeystoreType("PKCS12");
    ListenerFactory listener = new ListenerFactory();
    listener.setSslConfiguration(ssl.createSslConfiguration());
    return start(directory, listener, 2);
  }

  private static FileServer start(Path directory, ListenerFactory listening, int pauseMillis) throws Exception {
    Files.createDirectories(directory);
    Map<String, Integer> arrivals = new ConcurrentHashMap<>();
    FtpServerFactory factory = new FtpServerFactory();
    listening.setPort(0);
    listening.setServerAddress("127.0.0.1");
    Listener listener = listening.createListener();
    factory.setListeners(new HashMap<>(Map.of("default", listener)));
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setMaxLogins(0);
    connections.setMaxThreads(64);
    connections.setLoginFailureDelay(0);
    factory.setConnectionConfig(connections.createConnectionConfig());
    BaseUser user = new BaseUser();
    user.setName(USER);
    user.setPassword(PASSWORD);
    user.setHomeDirectory(directory.toString());
    user.setAuthorities(List.of(new WritePermission()));
    factory.getUserManager().save(user);
    factory.setFtplets(new HashMap<>(Map.of("count", (Ftplet) new Counting(arrivals, pauseMillis))));
    FtpServer server = factory.createServer();
    server.start();
    return new FileServer(server, listener.getPort(), arrivals);
  }

  public int port() {
    return port;
  }

  /** How often each file was renamed to its final name. */
  public Map<String, Integer> arrivals() {
    return arrivals;
  }

  @Override
  public void close() {
    server.stop();
  }

  private static final class Counting extends DefaultFtplet {
    private final Map<String, Integer> arrivals;
    private final int pauseMillis;

    Counting(Map<String, Integer> arrivals, int pauseMillis) {
      this.arrivals = arrivals;
      this.pauseMillis = pauseMillis;
    }

    /**
     * Where no pause is wished for, replies go out at once, as real servers send them: two in a row would wait for each other's
     * acknowledgement, 40 ms for each file, and all clients would be as slow as that. The server has no setting for it.
     */
    @Override
    public FtpletResult onConnect(FtpSession session) throws FtpException, IOException {
      if (pauseMillis == 0) {
        try {
          Field connection = session.getClass().getDeclaredField("ioSession");
          connection.setAccessible(true);
          ((SocketSessionConfig) ((IoSession) connection.get(session)).getConfig()).setTcpNoDelay(true);
        } catch (ReflectiveOperationException otherVersion) {
          throw new IOException(otherVersion);
        }
      }
      return FtpletResult.DEFAULT;
    }

    /** A server of the real world takes a moment for each file; the kill tests need it. */
    @Override
    public FtpletResult onUploadStart(FtpSession session, FtpRequest request) throws FtpException, IOException {
      try {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      return FtpletResult.DEFAULT;
    }

    /** A rename over a file that is there is refused by this server, and asked for again once that is gone: only what is done counts. */
    @Override
    public FtpletResult afterCommand(FtpSession session, FtpRequest request, FtpReply reply)
        throws FtpException, IOException {
      if (request.getCommand().equals("RNTO") && reply.getCode() == FtpReply.REPLY_250_REQUESTED_FILE_ACTION_OKAY) {
        arrivals.merge(request.getArgument(), 1, Integer::sum);
      }
      return super.afterCommand(session, request, reply);
    }
  }
}
