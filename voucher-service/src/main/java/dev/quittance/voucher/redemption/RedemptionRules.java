package dev.quittance.voucher.redemption;

import dev.quittance.voucher.problem.ErrorCode;
import dev.quittance.voucher.redemption.RedemptionOutcome.Refused;
import dev.quittance.voucher.redemption.RedemptionOutcome.Repeated;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who learns what when a redemption is not simply done. */
final class RedemptionRules {
    private static final Pattern ACCOUNT_NUMBER = Pattern.compile("[0-9]{16}");
    private static final Pattern SPACING = Pattern.compile("[ -]");
    static final int ACCOUNT_INPUT_LENGTH_MAX = 32;

    /** Found by no account: an account number is digits. */
    private static final String NO_ACCOUNT = "none";

    private RedemptionRules() {}

    /**
     * A voucher that could not be redeemed.
     *
     * @param isFrozen while its purchase is in doubt
     * @param isAccountClosed whether the account that was to get the time takes none
     * @param owner null for a code that was not sold to anybody we know
     * @param redeemedBy who did, when it is used up
     */
    record Standing(
            String status,
            boolean isFrozen,
            boolean isAccountClosed,
            @Nullable UUID owner,
            @Nullable UUID redeemedBy) {}

    /** An earlier redemption of this caller under the same idempotency key. */
    @SuppressWarnings("ArrayRecordComponent")
    record Earlier(byte[] requestHash, RedemptionView view) {}

    /** As typed by a person; what can be no account number stays one that is not found. */
    static String accountNumber(String typed) {
        if (typed.length() > ACCOUNT_INPUT_LENGTH_MAX) {
            return NO_ACCOUNT;
        }
        String digits = SPACING.matcher(typed).replaceAll("");
        return ACCOUNT_NUMBER.matcher(digits).matches() ? digits : NO_ACCOUNT;
    }

    /**
     * Why the conditional update found nothing. That a code exists is told only to those who know it already: its owner
     * and whoever used it up.
     */
    static Refused refusal(UUID caller, Optional<Standing> standing) {
        if (standing.isEmpty()) {
            return new Refused(ErrorCode.VOUCHER_NOT_FOUND);
        }
        Standing voucher = standing.get();
        boolean knowsIt = caller.equals(voucher.owner()) || caller.equals(voucher.redeemedBy());
        return switch (voucher.status()) {
            // Redeemable but for its account, unless it is frozen.
            case "active" ->
                new Refused(
                        voucher.isFrozen()
                                ? frozen(knowsIt)
                                : voucher.isAccountClosed() ? ErrorCode.ACCOUNT_CLOSED : ErrorCode.ACCOUNT_NOT_FOUND);
            case "redeemed", "reversed" ->
                new Refused(knowsIt ? ErrorCode.ALREADY_REDEEMED : ErrorCode.VOUCHER_NOT_FOUND);
            default -> new Refused(ErrorCode.VOUCHER_NOT_FOUND);
        };
    }

    private static ErrorCode frozen(boolean knowsIt) {
        return knowsIt ? ErrorCode.VOUCHER_FROZEN : ErrorCode.VOUCHER_NOT_FOUND;
    }

    /** What an attempt was, as far as guessing codes goes. */
    enum Guess {
        NONE,
        FAILED,
        UNDECIDED
    }

    /** Whoever is told anything but that there is no such voucher knew the code. */
    static Guess guess(RedemptionOutcome outcome) {
        return switch (outcome) {
            case RedemptionOutcome.Redeemed _, Repeated _ -> Guess.NONE;
            case Refused(ErrorCode reason) when reason == ErrorCode.VOUCHER_NOT_FOUND -> Guess.FAILED;
            case Refused(ErrorCode reason) when reason == ErrorCode.IDEMPOTENCY_KEY_REUSED -> Guess.UNDECIDED;
            case Refused _ -> Guess.NONE;
        };
    }

    /** @param hashes of this request, one for each pepper that may have been current when the earlier one came */
    static RedemptionOutcome repeated(Earlier earlier, List<byte[]> hashes) {
        return hashes.stream().anyMatch(hash -> MessageDigest.isEqual(hash, earlier.requestHash()))
                ? new Repeated(earlier.view())
                : new Refused(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }
}
