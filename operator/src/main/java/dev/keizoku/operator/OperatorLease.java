package dev.keizoku.operator;

import dev.keizoku.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;

/**
 * One operator of an installation works at a time, even while two pods of it live. Two
 * installations in one namespace have a lease each. Who loses the lease ends. The SDK would end it
 * by {@code System.exit}, which waits for ever where the lease is given back because the program is
 * ending already: the kubelet had to kill each old operator.
 */
@Singleton
final class OperatorLease extends LeaderElectionConfiguration {
  private static final int LEASE_LOST = 1;

  OperatorLease(OperatorSettings settings) {
    super(
        settings.lease(),
        null,
        LEASE_DURATION_DEFAULT_VALUE,
        RENEW_DEADLINE_DEFAULT_VALUE,
        RETRY_PERIOD_DEFAULT_VALUE,
        null,
        new LeaderCallbacks(() -> {}, () -> Quarkus.asyncExit(LEASE_LOST), leader -> {}),
        false);
  }
}
