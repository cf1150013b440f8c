package dev.keizoku.operator;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import jakarta.inject.Singleton;

/** One operator works at a time, even while two pods of it live during an upgrade. */
@Singleton
final class OperatorLease extends LeaderElectionConfiguration {
  OperatorLease() {
    super("keizoku-operator");
  }
}
