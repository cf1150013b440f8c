package dev.keizoku.operator.run;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;

/** A resource that says nothing but its status: what a server-side apply must hold and no more. */
public final class FreshResource {
  private FreshResource() {}

  /**
   * Gives the empty resource the other's name, and the status; its identity too, so that none of
   * the same name that was made meanwhile is told another's.
   */
  public static <S, R extends CustomResource<?, S>> R of(R resource, R empty, S status) {
    empty.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .withUid(resource.getMetadata().getUid())
            .build());
    empty.setStatus(status);
    return empty;
  }
}
