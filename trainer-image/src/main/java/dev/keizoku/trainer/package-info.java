/** The trainer program: token shards and a base model in, a tuned model out. */
package dev.keizoku.trainer;
