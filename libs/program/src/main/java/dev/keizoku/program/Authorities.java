package dev.keizoku.program;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom the program believes behind {@code https}: the authorities that every JVM knows and those of
 * a bundle, for a store or a hub with a certificate of one's own.
 */
final class Authorities {
  /** The variable that the AWS tools read too: path of a PEM file. */
  static final String BUNDLE = "AWS_CA_BUNDLE";

  private static final String STORE = "javax.net.ssl.trustStore";

  /** PKCS12 would derive keys in 20,000 rounds, at each start, for certificates that are public. */
  private static final String TYPE = "JKS";

  /** Certificates are none, but a JVM reads no such file without a password. */
  private static final String NO_SECRET = "changeit";

  private Authorities() {}

  /**
   * Takes the bundle's authorities in, for every connection that the process opens afterwards.
   *
   * @param bundle a PEM file of certificates
   * @throws RunFault user error when it is none
   */
  static void trust(Path bundle) {
    try {
      var all = KeyStore.getInstance(TYPE);
      all.load(null, null);
      int count = 0;
      for (var manager : known().getTrustManagers()) {
        for (var certificate : ((X509TrustManager) manager).getAcceptedIssuers()) {
          all.setCertificateEntry("known-" + count++, certificate);
        }
      }
      try (var in = Files.newInputStream(bundle)) {
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          all.setCertificateEntry("bundle-" + count++, certificate);
        }
      }
      var file = Files.createTempFile("authorities", ".jks");
      file.toFile().deleteOnExit();
      try (var out = Files.newOutputStream(file)) {
        all.store(out, NO_SECRET.toCharArray());
      }
      System.setProperty(STORE, file.toString());
      System.setProperty(STORE + "Type", TYPE);
      System.setProperty(STORE + "Password", NO_SECRET);
    } catch (IOException | GeneralSecurityException e) {
      throw RunFault.userError(
          Reason.STORAGE_NOT_TRUSTED,
          "%s names %s, which is no PEM file of certificates: %s."
              .formatted(BUNDLE, bundle, e.getMessage()),
          e);
    }
  }

  private static TrustManagerFactory known() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return factory;
  }
}
