#!/usr/bin/env bash
# Takes each guard of the books away in turn, in a copy of this checkout, and runs the tests that stand for it: they must fail.
# A guard whose tests stay green is a guard that nothing proves. Usage: end-to-end/guards.sh [NAME...]; without names, all.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly root
readonly billing=billing-ledger/src/main
readonly migrations=$billing/resources/db/migration
readonly java=$billing/java/dev/quittance/billing

# name | file | what is taken away, as a Perl substitution over the whole file | the tests that must fail
readonly guards=(
    "unique-key|$migrations/V003__journal.sql|s/constraint journal_entries_business_key_once unique \\(business_key\\)/constraint journal_entries_business_key_once check (business_key <> '')/|JournalIT"
    "sum-zero|$migrations/V003__journal.sql|s/create trigger entry_lines_balanced.*?check_new_lines\\(\\);//s|JournalIT"
    "append-only|$migrations/V003__journal.sql|s/create trigger entry_lines_append_only.*?refuse_change\\(\\);//s|JournalIT"
    "floor|$migrations/V003__journal.sql|s/constraint balances_users_not_below_zero check \\(not floored or credits >= debits\\)/constraint balances_users_not_below_zero check (true)/|JournalIT,SpendRaceIT"
    "version-test|$java/mirror/MirrorStore.java|s/(case when \\(%2\\\$s\\) > \\(%3\\\$s\\)) then/\$1 or true then/|PurchaseIT"
    "cache-version-test|$java/balance/BalanceCache.java|s/if not seq or tonumber\\(ARGV\\[i \\+ 1\\]\\) >= tonumber\\(seq\\) then/if true then/|BalanceCacheIT"
    "ordered-lock|$java/posting/JournalStore.java|s/order by (?:b\\.floored desc, )?b\\.account_id, b\\.shard(\\n\\s+for update of b)/order by random()\$1/|JournalIT,SpendRaceIT"
    "spend-key|$java/spending/SpendStore.java|s/hashtextextended\\('quittance\\.spend\\.' \\|\\| \\\$1 \\|\\| '\\.' \\|\\| \\\$2, 0\\)/hashtextextended(\\\$1 || \\\$2 || random(), 0)/|SpendRaceIT"
    "seal-horizon|$java/seal/SealStore.java|s/oldest >= horizon\\.transaction\\(\\)/true/|SealIT"
)

copy="$(mktemp -d)"
readonly copy
trap 'git -C "$root" worktree remove --force "$copy/checkout" >/dev/null 2>&1 || true; rm -rf "$copy"' EXIT
git -C "$root" worktree add --quiet --detach "$copy/checkout" HEAD

tests() {
    (cd "$copy/checkout" && ./mvnw -B -q -o -pl billing-ledger -am verify -Dspotless.check.skip=true \
        -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dtest=NoneOfThem -Dit.test="$1") \
        >"$copy/log" 2>&1
}

unproven=0
for guard in "${guards[@]}"; do
    name="${guard%%|*}" rest="${guard#*|}"
    file="${rest%%|*}" rest="${rest#*|}"
    proof="${rest##*|}" change="${rest%|*}"
    [[ $# -eq 0 || " $* " == *" $name "* ]] || continue
    git -C "$copy/checkout" checkout --quiet -- .
    perl -0pi -e "$change" "$copy/checkout/$file"
    if git -C "$copy/checkout" diff --quiet; then
        printf '%-20s NOT FOUND in %s\n' "$name" "$file"
        unproven=1
    elif tests "$proof"; then
        printf '%-20s NOT PROVEN: %s passes without it\n' "$name" "$proof"
        unproven=1
    elif ! grep -qE 'Tests run: .*(Failures|Errors): [1-9]' "$copy/log"; then
        printf '%-20s NOT RUN: %s\n' "$name" "$(grep -m 2 '^\[ERROR\]' "$copy/log" | tail -n 1 || echo 'the build failed')"
        unproven=1
    else
        printf '%-20s proven: without it %s\n' "$name" \
            "$(grep -m 1 -oE '[A-Za-z]+IT\.[A-Za-z]+' "$copy/log" || echo "$proof") fails"
    fi
done
exit "$unproven"
