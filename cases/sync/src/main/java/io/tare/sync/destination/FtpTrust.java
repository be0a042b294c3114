package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/** Which servers are believed to be who they say: those with a certificate that the JDK trusts, or if a file is given, one of its certificates. */
final class FtpTrust {
  private FtpTrust() {}

  static void apply(FtpAddress address, FTPSClient client) throws IOException {
    client.setTrustManager(trust(address));
    client.setEndpointCheckingEnabled(true);
  }

  private static TrustManager trust(FtpAddress address) throws IOException {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(certificates(address));
      return factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException unusable) {
      throw new Unavailable("the certificates to trust can't be used: " + unusable.getMessage(), unusable);
    }
  }

  private static @Nullable KeyStore certificates(FtpAddress address) throws GeneralSecurityException, IOException {
    if (address.trustedCertificates().isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream bytes = Files.newInputStream(address.trustedCertificates().get())) {
      int number = 0;
      for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
    }
    return store;
  }
}
