/**
 * A ContinualPretrain: what its pod is told and what its status shows. Of its module it imports
 * {@code input}, {@code job}, {@code reconcile}, {@code run}, {@code settings}, {@code status} and
 * {@code words}.
 */
package dev.keizoku.operator.pretrain;
