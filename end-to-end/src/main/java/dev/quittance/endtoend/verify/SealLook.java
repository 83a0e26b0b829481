package dev.quittance.endtoend.verify;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the chain of seals anew from the rows of the journal, with digests of its own, and names the first row that is not
 * as it was sealed: changed, missing, swapped with another, or added.
 */
final class SealLook {
    static final String SENTENCE = "every sealed entry is as it was sealed";
    private static final String SEALS = """
            select seal_id, first_entry_id, last_entry_id, digests, previous_hash, hash, form
            from billing.ledger_seals order by seal_id
            """;

    private final Connection connection;
    private final Optional<PublishedHead> published;

    /** @param published the head as it was told to the outside, where somebody kept it */
    SealLook(Connection connection, Optional<PublishedHead> published) {
        this.connection = connection;
        this.published = published;
    }

    private record Seal(
            long id, long first, long last, byte[] digests, byte[] previousHash, byte[] hash, SealForm form) {
        byte[] computed() {
            ByteBuffer bounds = ByteBuffer.allocate(4 * Long.BYTES);
            form.mark().ifPresent(bounds::putLong);
            bounds.putLong(id).putLong(first).putLong(last);
            return Sha256.of(previousHash, Arrays.copyOf(bounds.array(), bounds.position()), digests);
        }

        Map<Long, byte[]> byEntry() {
            Map<Long, byte[]> entries = new TreeMap<>();
            ByteBuffer packed = ByteBuffer.wrap(digests);
            while (packed.remaining() >= Long.BYTES + form.bytes()) {
                long entry = packed.getLong();
                byte[] digest = new byte[form.bytes()];
                packed.get(digest);
                entries.put(entry, digest);
            }
            return entries;
        }
    }

    Finding find() throws SQLException {
        @Nullable String offender = firstOffender();
        return new Finding(
                SENTENCE,
                offender == null ? Finding.Verdict.OK : Finding.Verdict.FAILED,
                offender == null ? List.of() : List.of(offender),
                false);
    }

    private @Nullable String firstOffender() throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(SEALS)) {
            statement.setFetchSize(1);
            SealedEntries entries = new SealedEntries(connection);
            long expectedId = 1;
            long expectedFirst = 1;
            byte[] expectedPrevious = new byte[Sha256.BYTES];
            boolean isHeadFound = published.isEmpty();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Optional<SealForm> form = SealForm.of(rows.getInt("form"));
                    if (form.isEmpty()) {
                        return "seal " + rows.getLong("seal_id") + " was changed";
                    }
                    Seal seal = seal(rows, form.get());
                    if (seal.id() != expectedId || seal.first() != expectedFirst) {
                        return "seal " + expectedId + " is missing";
                    }
                    if (!Arrays.equals(seal.previousHash(), expectedPrevious)) {
                        return "seal " + seal.id() + " does not follow the one before";
                    }
                    @Nullable
                    String row = entries.firstDifference(seal.first(), seal.last(), seal.byEntry(), seal.form());
                    if (row != null) {
                        return row + ", in seal " + seal.id();
                    }
                    if (!Arrays.equals(seal.hash(), seal.computed())) {
                        return "seal " + seal.id() + " was changed";
                    }
                    if (published.isPresent() && published.get().sealId() == seal.id()) {
                        isHeadFound = HexFormat.of()
                                .formatHex(seal.hash())
                                .equals(published.get().hash());
                        if (!isHeadFound) {
                            return "seal " + seal.id() + " is not the one that was published";
                        }
                    }
                    expectedId = seal.id() + 1;
                    expectedFirst = seal.last() + 1;
                    expectedPrevious = seal.hash();
                }
            }
            return isHeadFound ? null : "seal " + expectedId + " is missing, with the entries from " + expectedFirst;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Seal seal(ResultSet row, SealForm form) throws SQLException {
        return new Seal(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getBytes(4),
                row.getBytes(5),
                row.getBytes(6),
                form);
    }
}
