-- Orders and stock. MUST holds at every moment, SOON once everything on its way has arrived.

-- MUST: every product's stock is what was counted, less what orders hold of it
select i.product_id || ' has ' || i.received || ' received, ' || i.reserved || ' reserved, ' || i.sold || ' sold, ' || i.lost
       || ' lost and should have ' || coalesce(e.received, 0) || ', ' || coalesce(r.reserved, 0) || ', '
       || coalesce(r.sold, 0) || ', ' || coalesce(e.lost, 0)
from billing.product_inventory i
left join (select product_id, coalesce(sum(quantity) filter (where kind = 'received'), 0) as received,
                  coalesce(sum(quantity) filter (where kind = 'lost'), 0) as lost
           from billing.stock_entries group by product_id) e on e.product_id = i.product_id
left join (select product_id, coalesce(sum(quantity) filter (where state = 'reserved'), 0) as reserved,
                  coalesce(sum(quantity) filter (where state = 'sold'), 0) as sold
           from billing.inventory_reservations group by product_id) r on r.product_id = i.product_id
where (i.received, i.reserved, i.sold, i.lost)
      is distinct from (coalesce(e.received, 0), coalesce(r.reserved, 0), coalesce(r.sold, 0), coalesce(e.lost, 0))
order by 1;

-- MUST: every order is in the last state of its history, and came there by allowed steps only
select o.order_id || ' is ' || o.status || ' after ' || o.revision || ' states and its history says otherwise'
from billing.orders o
left join lateral (
  select max(h.revision) as last, count(*) as steps,
         count(*) filter (where h.revision > 1 and not exists (
           select from billing.order_transitions t where t.from_status = h.from_status and t.to_status = h.to_status)) as forbidden,
         (array_agg(h.to_status order by h.revision desc))[1] as status
  from billing.order_history h where h.order_id = o.order_id) h on true
where (h.last, h.steps, h.forbidden, h.status) is distinct from (o.revision, o.revision, 0::bigint, o.status)
order by 1;

-- MUST: every counted line holds its stock as its order's state says, and is sold at most once
select r.order_id || ' line ' || r.line || ' is ' || r.state || ' while its order is ' || o.status
from billing.inventory_reservations r join billing.orders o on o.order_id = r.order_id
where case o.status
        when 'pending' then r.state <> 'reserved'
        when 'awaiting_payment' then r.state not in ('reserved', 'released')
        when 'failed' then r.state <> 'released'
        when 'cancelled' then r.state <> 'released'
        when 'completed' then r.state not in ('sold', 'returned')
        else r.state = 'reserved' end
order by 1;

-- MUST: every order that was paid with points is one spend of its total
select o.order_id || case when s.spend_id is null then ' spent nothing' else ' spent ' || s.amount || ' of ' || o.total_points end
from billing.orders o
left join billing.spends s on s.user_id = o.user_id and s.order_id = o.order_id and s.unit = 'points' and s.outcome = 'booked'
where o.payment_method = 'points' and s.amount is distinct from o.total_points
order by 1;

-- MUST: what was spent on an order bought it
select s.spend_id || ' bought nothing'
from billing.spends s left join billing.orders o on o.order_id = s.order_id and o.user_id = s.user_id
where s.order_id is not null and s.outcome = 'booked' and o.order_id is null
order by 1;

-- MUST: an order that was paid with points is refunded when its points went back, all of them, and not otherwise
select coalesce(o.order_id::text, b.business_key) || case when b.amount is null then ' is refunded and got nothing back'
       when o.order_id is null then ' is no order''s' else ' got ' || b.amount || ' back of ' || o.total_points end
from (select order_id, total_points from billing.orders where payment_method = 'points' and status = 'refunded') o
full join (select e.business_key, l.amount from billing.journal_entries e
           join billing.entry_lines l on l.entry_id = e.entry_id and l.direction = 'debit'
           where e.rule = 'spend_refund') b on b.business_key = 'spend_refund:order:' || o.order_id
where o.total_points is distinct from b.amount
order by 1;

-- MUST: what paid for an order that something else has paid is held as too much, all of it
select s.anchor || ' paid ' || s.amount_minor || ' for ' || o.order_id || ' again, held are ' || coalesce(v.excess_minor, 0)
from billing.settlements s
join billing.checkout_sessions c on c.stripe_account = s.stripe_account and c.checkout_session_id = s.checkout_session_id
join billing.orders o on o.stripe_account = c.stripe_account and o.order_id::text = c.metadata ->> 'order_id'
     and o.checkout_session_id is distinct from c.checkout_session_id
left join billing.overpayments v on v.anchor = s.anchor
where s.points = 0 and s.credits = 0 and s.vouchers = 0 and coalesce(v.excess_minor, 0) <> s.amount_minor
order by 1;
