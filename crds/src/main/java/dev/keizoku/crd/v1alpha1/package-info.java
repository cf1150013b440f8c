/**
 * The three resources of {@code keizoku.dev/v1alpha1}: group, names, printer columns and the rules
 * that need the whole resource (name length, what may not change after the start). The custom
 * resource definitions in {@code charts/keizoku/crds} are generated from here. Imports the contract
 * for its enumerations, Fabric8 for pod fields, and nothing else of ours.
 */
package dev.keizoku.crd.v1alpha1;
