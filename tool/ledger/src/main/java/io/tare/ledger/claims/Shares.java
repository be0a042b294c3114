package io.tare.ledger.claims;

import java.math.BigInteger;

/** Shares a whole out in proportion, to the byte: nothing lost, nothing made. */
final class Shares {
  private Shares() {}

  /** Shares of {@code whole} in proportion to the weights; what rounding leaves goes to the heaviest. */
  static long[] of(long whole, long... weights) {
    BigInteger sum = BigInteger.ZERO;
    int heaviest = 0;
    for (int i = 0; i < weights.length; i++) {
      sum = sum.add(BigInteger.valueOf(weights[i]));
      heaviest = weights[i] > weights[heaviest] ? i : heaviest;
    }
    if (sum.signum() == 0) {
      long[] all = new long[weights.length];
      all[heaviest] = whole;
      return all;
    }
    if (sum.equals(BigInteger.valueOf(whole))) {
      return weights.clone();
    }
    long[] shares = new long[weights.length];
    long given = 0;
    for (int i = 0; i < weights.length; i++) {
      shares[i] = BigInteger.valueOf(whole).multiply(BigInteger.valueOf(weights[i])).divide(sum).longValueExact();
      given += shares[i];
    }
    shares[heaviest] += whole - given;
    return shares;
  }
}
