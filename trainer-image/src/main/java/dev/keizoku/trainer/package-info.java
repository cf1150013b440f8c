/**
 * The trainer program: token shards and a base model in, a tuned model out. Of its module it
 * imports {@code command} and {@code loop}.
 */
package dev.keizoku.trainer;
