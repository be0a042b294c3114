package io.tare.cases.faults.overtime;

import java.nio.file.Path;

/** Where a plot may put files, and how much faster than the wall's its clock runs. */
public record Scene(Path directory, double speed) {}
