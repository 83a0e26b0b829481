package dev.quittance.billing.invoice;

import dev.quittance.billing.fact.CreditNoteSeen;
import dev.quittance.billing.fact.InvoiceSeen;
import dev.quittance.billing.posting.Cause;
import dev.quittance.billing.posting.LedgerAccount;
import dev.quittance.billing.posting.Posting;
import java.util.ArrayList;
import java.util.List;

/**
 * What an invoice and a credit note book. The invoice's money is booked by its charges, when it comes; what is added here is
 * how much of the revenue is tax, and what is owed meanwhile: a receivable against suspense, which becomes bad debt when the
 * invoice is given up and is undone when it is paid or voided, also after that. A credit note books what it gives other than by a refund, and its exact mirror when it is voided.
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

    /** What is owed. Each of these once, whichever was seen first. */
    public static List<Posting> postings(InvoiceState invoice, Cause cause) {
        if (!invoice.opened() || invoice.totalMinor() <= 0) {
            return List.of();
        }
        LedgerAccount owed = LedgerAccount.receivable(invoice.currency());
        LedgerAccount suspense = LedgerAccount.suspense(invoice.currency());
        LedgerAccount lost = LedgerAccount.badDebt(invoice.currency());
        List<Posting> postings = new ArrayList<>(4);
        postings.add(moved("invoice_billed", invoice, cause, owed, suspense));
        if (invoice.writtenOff()) {
            postings.add(moved("invoice_written_off", invoice, cause, lost, owed));
        }
        if (invoice.closed()) {
            postings.add(moved("invoice_closed", invoice, cause, suspense, owed));
        }
        if (invoice.writtenOff() && invoice.closed()) {
            postings.add(moved("invoice_recovered", invoice, cause, owed, lost));
        }
        return postings;
    }

    private static Posting moved(
            String rule, InvoiceState invoice, Cause cause, LedgerAccount debit, LedgerAccount credit) {
        return Posting.of(
                rule + ":" + id(invoice.account(), invoice.id()),
                rule,
                cause,
                invoice.createdAt(),
                debit,
                credit,
                invoice.totalMinor());
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
