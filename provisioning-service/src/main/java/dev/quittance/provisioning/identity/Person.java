package dev.quittance.provisioning.identity;

import static java.util.Objects.requireNonNull;

import dev.quittance.provisioning.account.AccountNumber;
import dev.quittance.provisioning.customer.Noted;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An auth user with profile and account, as far as identity needs them.
 *
 * @param authEmail as auth.users has it
 * @param isUnclaimed made by us for a purchase, and nobody has signed in to it
 * @param email the profile's
 * @param name the profile's
 * @param account null until the user is a customer
 * @param isInUse whether sessions, redeemed vouchers or a vouched customer were ever this user's
 */
public record Person(
        UUID id,
        @Nullable String authEmail,
        boolean isVerified,
        boolean isUnclaimed,
        @Nullable Noted email,
        @Nullable Noted name,
        @Nullable AccountNumber account,
        boolean isInUse) {
    public Person {
        requireNonNull(id, "id is null");
    }

    static Person unclaimed(UUID id, @Nullable Noted email) {
        return new Person(id, email == null ? null : email.value(), false, true, email, null, null, false);
    }

    /** Somebody else's auth user whose e-mail nobody has proved. */
    boolean isForeign() {
        return !isVerified && !isUnclaimed;
    }

    /** Whether somebody signs in to it, by another e-mail than this. */
    boolean signsInOtherwiseThan(@Nullable String said) {
        return said != null
                && authEmail != null
                && !isUnclaimed
                && !EmailAddress.keyOf(authEmail).equals(said);
    }

    Person withAccount(@Nullable AccountNumber number) {
        return new Person(id, authEmail, isVerified, isUnclaimed, email, name, number, isInUse);
    }

    Person withName(@Nullable Noted heard) {
        return new Person(id, authEmail, isVerified, isUnclaimed, email, Noted.later(name, heard), account, isInUse);
    }

    /** Without the name when it is the given one. */
    Person withoutName(@Nullable Noted given) {
        @Nullable Noted kept = name != null && name.equals(given) ? null : name;
        return new Person(id, authEmail, isVerified, isUnclaimed, email, kept, account, isInUse);
    }

    /** With the profile's e-mail, which an unclaimed user also signs in by. */
    Person withEmail(Noted heard) {
        String signIn = isUnclaimed ? heard.value() : authEmail;
        return new Person(id, signIn, isVerified, isUnclaimed, heard, name, account, isInUse);
    }

    Person inUse() {
        return new Person(id, authEmail, isVerified, isUnclaimed, email, name, account, true);
    }
}
