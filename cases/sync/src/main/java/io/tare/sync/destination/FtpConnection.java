package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;

/** One session with a server, for one thread at a time. */
final class FtpConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
      .withZone(ZoneOffset.UTC);
  private static final int BUFFER_BYTES = 1 << 16;

  private final FTPClient client;
  private final boolean setsTimes;

  private FtpConnection(FTPClient client, boolean setsTimes) {
    this.client = client;
    this.setsTimes = setsTimes;
  }

  static FtpConnection open(FtpAddress address, String password) throws IOException {
    FTPClient client = address.isEncrypted() ? FtpTrust.client(address) : new FTPClient();
    client.setConnectTimeout(PATIENCE_MILLIS);
    client.setDefaultTimeout(PATIENCE_MILLIS);
    client.setDataTimeout(Duration.ofMillis(PATIENCE_MILLIS));
    client.setControlEncoding("UTF-8");
    client.setBufferSize(BUFFER_BYTES);
    try {
      client.connect(address.server().host(), address.server().port());
      greet(client, address, password);
      return new FtpConnection(client, client.hasFeature("MFMT"));
    } catch (ConnectException | UnknownHostException | SSLException unreachable) {
      client.disconnect();
      throw new Unavailable(address.identity() + " can't be reached: " + unreachable.getMessage(), unreachable);
    } catch (IOException failure) {
      client.disconnect();
      throw failure;
    }
  }

  private static void greet(FTPClient client, FtpAddress address, String password) throws IOException {
    if (!FTPReply.isPositiveCompletion(client.getReplyCode())) {
      throw new IOException(address.identity() + " answers " + client.getReplyString().strip());
    }
    if (!client.login(address.user(), password)) {
      throw new Unavailable(address.identity() + " refuses the user or the password in SYNC_FTP_PASSWORD: "
          + client.getReplyString().strip());
    }
    if (client instanceof FTPSClient encrypted) {
      encrypted.execPBSZ(0);
      encrypted.execPROT("P");
    }
    client.enterLocalPassiveMode();
    client.setFileType(FTP.BINARY_FILE_TYPE);
  }

  /** Whether the server keeps the times of change that it is told. Without it, size alone would have to tell contents apart. */
  boolean setsTimes() {
    return setsTimes;
  }

  OptionalLong sizeBytes(String file) throws IOException {
    String size = client.getSize(file);
    try {
      return size == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size.strip()));
    } catch (NumberFormatException notANumber) {
      throw new IOException("the server's answer to SIZE is no number: " + size, notANumber);
    }
  }

  OptionalLong modifiedSeconds(String file) throws IOException {
    Instant time = client.mdtmInstant(file);
    return time == null ? OptionalLong.empty() : OptionalLong.of(time.getEpochSecond());
  }

  void store(String file, InputStream content) throws IOException {
    require(client.storeFile(file, content), "store " + file);
  }

  void setModified(String file, long millis) throws IOException {
    require(client.setModificationTime(file, TIME.format(Instant.ofEpochMilli(millis))), "set the time of " + file);
  }

  void rename(String from, String to) throws IOException {
    if (!client.rename(from, to)) {
      // Some servers don't rename over a file that is there.
      client.deleteFile(to);
      require(client.rename(from, to), "rename to " + to);
    }
  }

  void delete(String file) throws IOException {
    if (!client.deleteFile(file) && sizeBytes(file).isPresent()) {
      require(false, "delete " + file);
    }
  }

  /** Makes a directory; one that is there already is fine: what is stored in it will tell. */
  void makeDirectory(String directory) throws IOException {
    client.makeDirectory(directory);
  }

  private void require(boolean done, String what) throws IOException {
    if (!done) {
      throw new IOException("the server does not " + what + ": " + client.getReplyString().strip());
    }
  }

  @Override
  public void close() throws IOException {
    if (client.isConnected()) {
      client.disconnect();
    }
  }
}
