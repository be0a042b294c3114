/**
 * A YAML loader for big files: start at {@link io.tare.yaml.Yaml}. The way through: a text ({@code memory}) is parsed ({@code parse}) into events
 * ({@code event}) or straight onto a tape ({@code tape}), which a {@link io.tare.yaml.YamlDocument} reads.
 */
@NullMarked
package io.tare.yaml;

import org.jspecify.annotations.NullMarked;
