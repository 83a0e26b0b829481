-- What a frontend reads, under the names it expects; only where nobody has taken them. The tables' row security decides who
-- sees what. The uuid of a row follows from Stripe's id, so that it never changes and two views agree on it.

do $$
begin
    if to_regclass('public.payment_intents') is null then
        create view public.payment_intents with (security_invoker = true) as
        select md5(i.stripe_account || '/' || i.payment_intent_id)::uuid as id,
               i.payment_intent_id as stripe_payment_intent_id,
               i.status,
               i.amount_minor as amount,
               lower(i.currency) as currency,
               (select s.user_id from billing.settlements s
                where s.stripe_account = i.stripe_account and s.payment_intent_id = i.payment_intent_id
                limit 1) as customer_id,
               i.created_at,
               i.receipt_email
        from billing.payment_intents i;
        grant select on public.payment_intents to authenticated;
    end if;
    if to_regclass('public.charges') is null then
        create view public.charges with (security_invoker = true) as
        select md5(c.stripe_account || '/' || c.charge_id)::uuid as id,
               c.charge_id as stripe_charge_id,
               md5(c.stripe_account || '/' || c.payment_intent_id)::uuid as payment_intent_id,
               c.amount_minor as amount,
               c.amount_refunded_minor as amount_refunded,
               lower(c.currency) as currency,
               (select s.user_id from billing.settlements s
                where s.stripe_account = c.stripe_account and s.payment_intent_id = c.payment_intent_id
                limit 1) as customer_id,
               c.billing_details,
               c.status,
               c.created_at,
               c.receipt_email
        from billing.charges c;
        grant select on public.charges to authenticated;
    end if;
end
$$;
