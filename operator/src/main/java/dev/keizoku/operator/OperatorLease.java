package dev.keizoku.operator;

import dev.keizoku.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operator of an installation works at a time, even while two pods of it live. Two
 * installations in one namespace have a lease each. Who loses the lease ends. The SDK would end it
 * by {@code System.exit}, which waits for ever where the lease is given back because the program is
 * ending already: the kubelet had to kill each old operator. Nor does the SDK give it back: who
 * stands by would wait until it has expired.
 */
@Singleton
public final class OperatorLease extends LeaderElectionConfiguration {
  private static final int LEASE_LOST = 1;
  private static final Logger LOG = LoggerFactory.getLogger(OperatorLease.class);

  /** Made by the container. */
  @Inject
  public OperatorLease(OperatorSettings settings, KubernetesClient client) {
    this(settings, client, settings.identity() + "_" + UUID.randomUUID());
  }

  private OperatorLease(OperatorSettings settings, KubernetesClient client, String identity) {
    super(
        settings.lease(),
        null,
        LEASE_DURATION_DEFAULT_VALUE,
        RENEW_DEADLINE_DEFAULT_VALUE,
        RETRY_PERIOD_DEFAULT_VALUE,
        identity,
        new LeaderCallbacks(
            () -> {}, () -> stopped(client, settings.lease(), identity), leader -> {}),
        false);
  }

  /** By then nothing is reconciled any more. */
  private static void stopped(KubernetesClient client, String name, String identity) {
    try {
      giveBack(client, name, identity);
    } catch (KubernetesClientException e) {
      // It expires by itself.
      LOG.debug("The lease {} was not given back.", name, e);
    } finally {
      Quarkus.asyncExit(LEASE_LOST);
    }
  }

  private static void giveBack(KubernetesClient client, String name, String identity) {
    var lease = client.leases().inNamespace(client.getNamespace()).withName(name).get();
    if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
      client
          .resource(
              new LeaseBuilder(lease)
                  .editSpec()
                  .withHolderIdentity("")
                  .withLeaseDurationSeconds(1)
                  .endSpec()
                  .build())
          .update();
    }
  }
}
