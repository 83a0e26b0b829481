-- An order is paid once, whoever opened how many sessions for it.

-- The order of ours that a session was opened for, by the session's metadata; null where it names none.
create function billing.order_of(metadata jsonb) returns uuid
    language sql immutable parallel safe
as $$
    select case when metadata ->> 'order_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                then (metadata ->> 'order_id')::uuid end
$$;

revoke execute on function billing.order_of(jsonb) from public;
grant execute on function billing.order_of(jsonb) to billing_service;
