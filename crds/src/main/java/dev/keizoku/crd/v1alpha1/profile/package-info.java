/**
 * Profiles: what a platform team gives runs and lets them have, and how a run's own word goes
 * before it. Of its module it imports {@code v1alpha1.spec}.
 */
package dev.keizoku.crd.v1alpha1.profile;
