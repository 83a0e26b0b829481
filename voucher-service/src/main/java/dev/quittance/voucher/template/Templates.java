package dev.quittance.voucher.template;

import dev.quittance.contracts.voucher.VoucherTerm;
import dev.quittance.voucher.template.Template.Delivery;
import java.util.List;
import java.util.Optional;

/** All templates of an installation: the one for the very term counts, else the one for all others, else codes are handed out. */
public record Templates(List<Template> all) {
    public Templates {
        all = List.copyOf(all);
    }

    public Template of(String origin, VoucherTerm term) {
        return find(origin, term.months(), term.days())
                .or(() -> find(origin, 0, 0))
                .orElseGet(() -> new Template(origin, 0, 0, Delivery.HAND_OUT, null));
    }

    private Optional<Template> find(String origin, int months, int days) {
        return all.stream()
                .filter(template ->
                        template.origin().equals(origin) && template.months() == months && template.days() == days)
                .findFirst();
    }
}
