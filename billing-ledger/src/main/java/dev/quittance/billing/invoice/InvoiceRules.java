package dev.quittance.billing.invoice;

import dev.quittance.billing.fact.CreditNoteSeen;
import dev.quittance.billing.fact.InvoiceSeen;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.util.List;

/**
 * What an invoice and a credit note book. The invoice's money is booked by its charges; what is added here is how much of
 * the revenue is tax. A credit note books what it gives other than by a refund, and its exact mirror when it is voided.
 */
public final class InvoiceRules {
    private InvoiceRules() {}

    public static List<Posting> postings(InvoiceSeen invoice, Cause cause) {
        if (!invoice.isPaid() || invoice.amountPaidMinor() == 0 || invoice.taxMinor() == 0) {
            return List.of();
        }
        return List.of(Posting.of(
                "tax:" + id(invoice.account(), invoice.id()),
                "tax",
                cause,
                invoice.createdAt(),
                LedgerAccount.revenue(invoice.currency()),
                LedgerAccount.tax(invoice.currency()),
                invoice.taxMinor()));
    }

    public static List<Posting> postings(CreditNoteSeen note, Cause cause) {
        if (note.creditedMinor() == 0) {
            return List.of();
        }
        String id = id(note.account(), note.id());
        LedgerAccount refunds = LedgerAccount.refunds(note.currency());
        LedgerAccount credit = LedgerAccount.customerCredit(note.currency());
        Posting booked = Posting.of(
                "credit_note:" + id, "credit_note", cause, note.createdAt(), refunds, credit, note.creditedMinor());
        return note.isVoid()
                ? List.of(
                        booked,
                        Posting.of(
                                "credit_note_reversal:" + id,
                                "credit_note_reversal",
                                cause,
                                note.createdAt(),
                                credit,
                                refunds,
                                note.creditedMinor()))
                : List.of(booked);
    }

    private static String id(String account, String id) {
        return account.isEmpty() ? id : account + "/" + id;
    }
}
