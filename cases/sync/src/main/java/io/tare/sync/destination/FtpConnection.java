package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPCmd;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/** A session of FTP, encrypted or not. */
final class FtpConnection implements ServerConnection {
  private static final long MILLIS_PER_SECOND = 1000;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
      .withZone(ZoneOffset.UTC);
  private static final int BUFFER_BYTES = 1 << 16;

  private static final int NO_SPACE = 452;
  private static final int QUOTA = 552;

  private final FTPClient client;
  private final String identity;
  private final boolean setsTimes;
  private final boolean listsInBulk;

  private FtpConnection(FTPClient client, String identity) throws IOException {
    this.client = client;
    this.identity = identity;
    this.setsTimes = client.hasFeature("MFMT");
    this.listsInBulk = client.hasFeature("MLST");
  }

  static FtpConnection open(FtpAddress address, String password) throws IOException {
    FTPClient client = address.isEncrypted() ? new EncryptedClient() : new PlainClient();
    if (client instanceof FTPSClient encrypted) {
      FtpTrust.apply(address, encrypted);
    }
    client.setConnectTimeout(PATIENCE_MILLIS);
    client.setDefaultTimeout(PATIENCE_MILLIS);
    client.setDataTimeout(Duration.ofMillis(PATIENCE_MILLIS));
    client.setControlEncoding("UTF-8");
    client.setBufferSize(BUFFER_BYTES);
    try {
      client.connect(address.server().host(), address.server().port());
      greet(client, address, password);
      return new FtpConnection(client, address.identity());
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

  @Override
  public boolean listsInBulk() {
    return listsInBulk;
  }

  @Override
  public void list(String directory, ListedDirectory into) throws IOException {
    ((Listing) client).list(directory, data -> FtpListing.read(data, setsTimes, into));
  }

  /** Without times that the server keeps as it is told, size alone is known. */
  @Override
  public Optional<Standing> standing(String file) throws IOException {
    OptionalLong size = sizeBytes(file);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    Instant time = setsTimes ? client.mdtmInstant(file) : null;
    return Optional.of(time == null
        ? Standing.ofSize(size.getAsLong())
        : Standing.of(size.getAsLong(), time.getEpochSecond() * MILLIS_PER_SECOND, MILLIS_PER_SECOND));
  }

  private OptionalLong sizeBytes(String file) throws IOException {
    String size = client.getSize(file);
    try {
      return size == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(size.strip()));
    } catch (NumberFormatException notANumber) {
      throw new IOException("the server's answer to SIZE is no number: " + size, notANumber);
    }
  }

  @Override
  public void store(String file, FileFacts facts, InputStream content) throws IOException {
    require(client.storeFile(file, content), "store " + file);
    if (setsTimes) {
      String time = TIME.format(Instant.ofEpochMilli(facts.modifiedMillis()));
      require(client.setModificationTime(file, time), "set the time of " + file);
    }
  }

  @Override
  public ContentHash hash(String file) throws IOException {
    ContentHash hash;
    try (InputStream content = client.retrieveFileStream(file)) {
      if (content == null) {
        return ContentHash.UNKNOWN;
      }
      hash = ContentHash.ofContent(content);
    }
    require(client.completePendingCommand(), "send " + file);
    return hash;
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (!client.rename(from, to)) {
      // Some servers don't rename over a file that is there.
      client.deleteFile(to);
      require(client.rename(from, to), "rename to " + to);
    }
  }

  @Override
  public void delete(String file) throws IOException {
    if (!client.deleteFile(file) && sizeBytes(file).isPresent()) {
      require(false, "delete " + file);
    }
  }

  @Override
  public void makeDirectory(String directory) throws IOException {
    client.makeDirectory(directory);
  }

  private void require(boolean done, String what) throws IOException {
    if (!done) {
      String reply = String.valueOf(client.getReplyString()).strip();
      IOException failure = new IOException("the server does not " + what + ": " + reply);
      boolean isFull = client.getReplyCode() == NO_SPACE || client.getReplyCode() == QUOTA || Full.isSaidIn(reply);
      throw isFull ? Full.at(identity, failure) : failure;
    }
  }

  /** The library reads whole listings into memory; here they are read as they come. */
  private interface Listing {
    /** Reads what comes over a data connection. */
    interface Reader {
      void read(Socket data) throws IOException;
    }

    void list(String directory, Reader reader) throws IOException;

    static void with(@Nullable Socket data, FTPClient client, Reader reader) throws IOException {
      if (data == null) {
        if (client.getReplyCode() != FTPReply.FILE_UNAVAILABLE) {
          throw new IOException("the server does not list: " + client.getReplyString().strip());
        }
        return;
      }
      try (data) {
        reader.read(data);
      }
      if (!client.completePendingCommand()) {
        throw new IOException("the server broke off a listing: " + client.getReplyString().strip());
      }
    }
  }

  private static final class PlainClient extends FTPClient implements Listing {
    @Override
    public void list(String directory, Reader reader) throws IOException {
      Listing.with(_openDataConnection_(FTPCmd.MLSD, directory), this, reader);
    }
  }

  private static final class EncryptedClient extends FTPSClient implements Listing {
    EncryptedClient() {
      super("TLS");
    }

    @Override
    public void list(String directory, Reader reader) throws IOException {
      Listing.with(_openDataConnection_(FTPCmd.MLSD.getCommand(), directory), this, reader);
    }
  }

  @Override
  public void close() throws IOException {
    if (client.isConnected()) {
      client.disconnect();
    }
  }
}
