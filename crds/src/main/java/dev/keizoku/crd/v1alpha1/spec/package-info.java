/**
 * What users write. Each description names unit and default; ranges and defaults are in the schema,
 * so that {@code kubectl apply} answers at once. Of its module it imports nothing.
 */
package dev.keizoku.crd.v1alpha1.spec;
