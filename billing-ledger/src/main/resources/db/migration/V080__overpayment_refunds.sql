-- What was asked back of a payment is looked up by it, for as long as it is paid too much.
create index refund_requests_payment on billing.refund_requests (payment_intent_id) where payment_intent_id is not null;
