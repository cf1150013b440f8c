package dev.keizoku.operator;

import dev.keizoku.operator.settings.OperatorSettings;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import jakarta.inject.Singleton;

/**
 * One operator of an installation works at a time, even while two pods of it live. Two
 * installations in one namespace have a lease each.
 */
@Singleton
final class OperatorLease extends LeaderElectionConfiguration {
  OperatorLease(OperatorSettings settings) {
    super(settings.lease());
  }
}
