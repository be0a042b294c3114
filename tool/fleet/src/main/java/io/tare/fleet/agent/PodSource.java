package io.tare.fleet.agent;

import io.tare.formats.NotThisFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where the list of pods comes from: a file that somebody writes, or the kubelet. Who asks the kubelet shows the token of his service
 * account, and believes the certificates that the cluster has signed.
 */
final class PodSource {
  static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final int MOST_BYTES = 32 << 20;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int OK = 200;

  private final String place;
  private final Path token;
  private final Path authority;
  private @Nullable SSLSocketFactory sockets;

  /** @param place a file, or {@code http://…}, {@code https://…} */
  PodSource(String place, Path token, Path authority) {
    this.place = place;
    this.token = token;
    this.authority = authority;
  }

  /** Reads the list anew; throws with a sentence that says what to do. */
  PodList read() throws IOException {
    try {
      return PodList.parse(new String(bytes(), StandardCharsets.UTF_8));
    } catch (NotThisFormat foreign) {
      throw new IOException(place + ": " + foreign.getMessage(), foreign);
    }
  }

  private byte[] bytes() throws IOException {
    if (!place.startsWith("http://") && !place.startsWith("https://")) {
      try (InputStream in = Files.newInputStream(Path.of(place))) {
        return whole(in);
      }
    }
    HttpURLConnection connection = (HttpURLConnection) URI.create(place).toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setInstanceFollowRedirects(false);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(sockets());
      if (Files.isReadable(token)) {
        connection.setRequestProperty("Authorization", "Bearer " + Files.readString(token).strip());
      }
    }
    try {
      int status = status(connection);
      if (status != OK) {
        throw new IOException(place + " answers " + status + (status == 401 || status == 403
            ? ": the service account may not read the kubelet's pods (nodes/pods, or nodes/proxy before Kubernetes 1.33)"
            : ""));
      }
      try (InputStream in = connection.getInputStream()) {
        return whole(in);
      }
    } finally {
      connection.disconnect();
    }
  }

  private int status(HttpURLConnection connection) throws IOException {
    try {
      return connection.getResponseCode();
    } catch (SSLException distrusted) {
      // The cluster may have got a new authority meanwhile: the file is read again at the next try.
      sockets = null;
      throw new IOException(place + " shows a certificate that " + authority
          + " does not vouch for, or not for that name: --pods-ca FILE names who signed it (" + distrusted.getMessage()
          + ")", distrusted);
    }
  }

  private byte[] whole(InputStream in) throws IOException {
    byte[] all = in.readNBytes(MOST_BYTES + 1);
    if (all.length > MOST_BYTES) {
      throw new IOException(place + " has more than " + (MOST_BYTES >> 20) + " MB: that is no list of one node's pods");
    }
    return all;
  }

  private SSLSocketFactory sockets() throws IOException {
    SSLSocketFactory known = sockets;
    if (known == null) {
      known = trusting(authority);
      sockets = known;
    }
    return known;
  }

  private static SSLSocketFactory trusting(Path authority) throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      try (InputStream in = Files.newInputStream(authority)) {
        int number = 0;
        for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          trusted.setCertificateEntry("authority-" + number++, one);
        }
      }
      TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException unusable) {
      throw new IOException(authority + " can't be used to check the kubelet's certificate: " + unusable.getMessage(),
          unusable);
    }
  }

  String words() {
    return place;
  }

  /** Where an option names none. */
  static Path ofAccount(Optional<String> named, String file) {
    return named.map(Path::of).orElse(ACCOUNT.resolve(file));
  }
}
