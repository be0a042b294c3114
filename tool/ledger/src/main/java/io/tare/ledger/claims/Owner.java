package io.tare.ledger.claims;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;

/**
 * Who a byte belongs to, how sure that is and why.
 *
 * @param name which one of the account's sort; empty where the account is one thing
 */
public record Owner(Account account, String name, Confidence confidence, String evidence) {}
