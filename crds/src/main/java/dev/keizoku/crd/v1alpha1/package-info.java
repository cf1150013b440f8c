/**
 * The three resources of {@code keizoku.dev/v1alpha1}: group, names, printer columns and the rules
 * that need the whole resource (name length, what may not change after the start). The custom
 * resource definitions in {@code charts/keizoku/crds} are generated from here. Of its module it
 * imports {@code v1alpha1.profile}, {@code v1alpha1.spec}, {@code v1alpha1.status}.
 */
package dev.keizoku.crd.v1alpha1;
