package dev.quittance.provisioning.identity;

import dev.quittance.provisioning.customer.CustomerKey;
import dev.quittance.provisioning.customer.CustomerLink;

/** When the other services hear whose a customer is. */
public final class AnnouncementRules {
    private final WorkingSet set;

    public AnnouncementRules(WorkingSet set) {
        this.set = set;
    }

    /** Tells them, once. */
    CustomerLink announce(CustomerLink link) {
        if (link.isAnnounced()) {
            return link;
        }
        set.tell(link.key(), link.userId());
        CustomerLink announced = link.announced();
        set.links.put(announced.key(), announced);
        return announced;
    }

    /**
     * Who subscribed before us need not check out again before it counts: an operator brings them all, and vouches for those whom
     * only an e-mail names. Others refer to the user from now on.
     */
    public void vouchFor(CustomerKey customer) {
        CustomerLink link = set.links.get(customer);
        if (link != null && !link.isAnnounced()) {
            set.people.put(link.userId(), set.person(link.userId()).inUse());
            announce(link);
        }
    }
}
