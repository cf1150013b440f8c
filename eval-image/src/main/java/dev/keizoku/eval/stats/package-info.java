/**
 * What may be said of a difference between two models that answered the same questions. Pure
 * functions of scores and a seed. Of its module it imports {@code metric}.
 */
package dev.keizoku.eval.stats;
