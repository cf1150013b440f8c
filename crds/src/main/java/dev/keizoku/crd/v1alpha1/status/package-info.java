/**
 * What the operator answers. A pure function of spec, previous status and the observed Job makes
 * every field; nothing here is ever read back from another place. Of its module it imports {@code
 * v1alpha1.profile}.
 */
package dev.keizoku.crd.v1alpha1.status;
