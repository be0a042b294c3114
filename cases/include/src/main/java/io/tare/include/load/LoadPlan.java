package io.tare.include.load;

import io.tare.include.http.Origin;

/** A load: whom to ask, which pages, how many arrivals a second for how long, and how many may be under way at most. */
public record LoadPlan(Origin target, String kind, int pages, double perSecond, int seconds, int mostUnderWay) {}
