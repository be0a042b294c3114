package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kubelet's list of pods by TLS, as a cluster serves it: a certificate that an authority of its own has signed, and only for who shows a token. */
@Tag("slow")
class PodSourceTest {
  private static final String SECRET = "changeit";
  private static final String PODS = "{\"kind\": \"PodList\", \"items\": []}";

  @TempDir
  private Path folder;
  private HttpsServer server;
  private final List<String> shown = new ArrayList<>();

  @BeforeEach
  void serve() throws Exception {
    authority("cluster");
    authority("stranger");
    signed("kubelet", "cluster", "ip:127.0.0.1");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store("kubelet"))) {
      keys.load(in, SECRET.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, SECRET.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/pods", this::pods);
    server.start();
    Files.writeString(folder.resolve("token"), "first\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void pods(HttpExchange exchange) throws IOException {
    try (exchange) {
      String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      shown.add(token);
      int status = token.equals("null") ? 401 : token.equals("Bearer of nothing") ? 403 : 200;
      byte[] body = PODS.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  private void keytool(String name, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(Arrays.asList(words));
    command.addAll(List.of("-keystore", store(name).toString(), "-storepass", SECRET, "-alias", name));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private void authority(String name) throws Exception {
    keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:critical=ca:true");
    keytool(name, "-exportcert", "-rfc", "-file", certificate(name).toString());
  }

  private void signed(String name, String authority, String address) throws Exception {
    keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name);
    Path request = folder.resolve("request");
    keytool(name, "-certreq", "-file", request.toString());
    keytool(authority, "-gencert", "-rfc", "-infile", request.toString(), "-outfile", certificate(name).toString(),
        "-ext", "san=" + address);
    keytool(name, "-importcert", "-noprompt", "-trustcacerts", "-file", chain(name, authority).toString());
  }

  /** What keytool takes as an answer to a request: the certificate, then who signed it. */
  private Path chain(String name, String authority) throws IOException {
    return Files.writeString(folder.resolve("chain"),
        Files.readString(certificate(name)) + Files.readString(certificate(authority)));
  }

  private PodSource kubelet(String host, String authority) {
    return new PodSource("https://" + host + ":" + server.getAddress().getPort() + "/pods", folder.resolve("token"),
        certificate(authority));
  }

  @Test
  void theListIsReadFromWhomTheClustersAuthorityVouchesForAndTheTokenIsTheOneOfToday() throws Exception {
    PodSource kubelet = kubelet("127.0.0.1", "cluster");
    kubelet.read();
    // Kubernetes changes the file each hour.
    Files.writeString(folder.resolve("token"), "second\n");
    kubelet.read();
    assertThat(shown).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void aStrangersCertificateGetsNoTokenAndTheSentenceSaysWhatToDo() throws Exception {
    PodSource kubelet = kubelet("127.0.0.1", "stranger");
    assertThatThrownBy(kubelet::read).isInstanceOf(IOException.class)
        .hasMessageStartingWith(kubelet.words() + " shows a certificate that " + certificate("stranger")
            + " does not vouch for, or not for that name: --pods-ca FILE names who signed it (");
    assertThatThrownBy(() -> kubelet("localhost", "cluster").read()).as("a name that is not in it")
        .hasMessageContaining("or not for that name");
    assertThat(shown).isEmpty();
    // The cluster gets another authority while the agent runs.
    Files.copy(certificate("cluster"), certificate("stranger"), StandardCopyOption.REPLACE_EXISTING);
    kubelet.read();
    assertThat(shown).containsExactly("Bearer first");
  }

  @Test
  void whoMayNotReadItIsToldWhichRightIsMissing() throws Exception {
    PodSource kubelet = kubelet("127.0.0.1", "cluster");
    Files.writeString(folder.resolve("token"), "of nothing");
    assertThatThrownBy(kubelet::read).hasMessage(kubelet.words()
        + " answers 403: the service account may not read the kubelet's pods (nodes/pods, or nodes/proxy before Kubernetes 1.33)");
    Files.delete(folder.resolve("token"));
    assertThatThrownBy(kubelet::read).hasMessageContaining(" answers 401: ");
  }
}
