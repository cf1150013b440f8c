/**
 * A ContinualPretrain: what its pod is told and what its status shows. Imports {@code run}, {@code
 * reconcile}, and what these are made of.
 */
package dev.keizoku.operator.pretrain;
