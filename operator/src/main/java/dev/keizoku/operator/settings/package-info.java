/** What the installation sets. Imports nothing of ours. */
package dev.keizoku.operator.settings;
