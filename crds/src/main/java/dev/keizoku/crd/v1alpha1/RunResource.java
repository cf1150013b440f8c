package dev.keizoku.crd.v1alpha1;

import dev.keizoku.crd.v1alpha1.profile.ProfileSpec;
import dev.keizoku.crd.v1alpha1.profile.UnderProfile;
import dev.keizoku.crd.v1alpha1.spec.Retention.OnDelete;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import java.util.function.Function;

/** A resource whose work is a run of one program in one pod: what the three kinds share. */
public interface RunResource {

  /** The part of the spec that says how it is run, over the profile that is pinned; never null. */
  RunPolicy runPolicy();

  /** The shared part of the status; {@link RunStatus#EMPTY} before the operator has seen it. */
  RunStatus runStatus();

  /**
   * Whether nothing is to be done when it is deleted: its Jobs and pods go as all that somebody
   * owns does, and its artifacts stay.
   */
  default boolean goesByItself() {
    return runPolicy().retention().onDelete() != OnDelete.DELETE;
  }

  /**
   * A run's own word over the profile that its status has.
   *
   * @param image of the profile's, that of the kind's program
   */
  default RunPolicy under(RunPolicy own, Function<ProfileSpec.Images, String> image) {
    var pin = runStatus().profile();
    if (pin == null) {
      return own;
    }
    var profile = pin.profile();
    return UnderProfile.policy(
        own, profile, profile.images() == null ? null : image.apply(profile.images()));
  }
}
