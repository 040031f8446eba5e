/**
 * Writes the order with its lines, holds, payment, ledger and what others are told, then takes what others may want: units
 * of sales, a use of the coupon, units of the stock, in this order and each by id. All in one statement, which is its own
 * transaction; the guards refuse it as a whole, see the migrations `refuse_claim` and `take_contended_rows`. The stock
 * comes last, so that it is locked for as short as can be.
 *
 * $1 now, $2 pay before (Unix ms) · $3 lines (JSON) · ledger: $4 ids, $5 variants, $6 sales, $7 units · $8 order
 * $9 buyer, $10 name, $11 e-mail · $12 merchant · $13 show · $14 currency · minor units: $15 items, $16 discount,
 * $17 shipping, $18 duties, $19 taxes, $20 total · $21 coupon's code · $22 quote · $23 address (JSON)
 * $24 idempotency key · $25 coupon, or null · $26 hash of the request · $27 holds · $28 payment · $29 gateway
 * outbox: $30 ids, $31 lanes, $32 payloads (JSON) · per sale: $33 ids, $34 units
 * per variant: $35 ids, $36 units, $37 units that a sale has set aside
 */
export const claimSql = `
with instant as materialized (
  select to_timestamp($1::float8 / 1000) now, to_timestamp($2::float8 / 1000) pay_before
), order_written as (
  insert into orders (id, buyer_id, buyer_name, email, merchant_id, show_id, status, currency, items_minor,
    discount_minor, shipping_minor, duties_minor, tax_minor, total_minor, coupon_code, quote_id, address,
    idempotency_key, request_hash, pay_before, created_at, updated_at)
  select $8, $9, $10, $11, $12, $13, 'pending_payment', $14, $15, $16, $17, $18, $19, $20, $21, $22, $23::jsonb,
    $24, $26, i.pay_before, i.now, i.now from instant i
  returning id
), lines_written as (
  insert into order_lines (id, order_id, position, variant_id, product_id, sale_id, title, variant_label,
    picture_url, quantity, unit_price_minor, parts)
  select id, $8, position, variant_id, product_id, sale_id, title, variant_label, picture_url, quantity,
    unit_price_minor, parts
  from jsonb_to_recordset($3::jsonb) as l(id text, position int, variant_id text, product_id text, sale_id text,
    title text, variant_label text, picture_url text, quantity int, unit_price_minor bigint, parts jsonb)
  returning id
), holds_written as (
  insert into order_holds (hold_id, order_id)
  select hold_id, $8 from unnest($27::text[]) as h(hold_id) order by hold_id
  returning hold_id
), payment_written as (
  insert into payments (id, order_id, gateway, status, amount_minor, currency, created_at, updated_at)
  select $28, $8, $29, 'requires_confirmation', $20, $14, i.now, i.now from instant i
  returning id
), redemption as (
  insert into coupon_redemptions (order_id, coupon_id, buyer_id, discount_minor, at)
  select $8, $25::text, $9, $16, i.now from instant i where $25::text is not null
  returning order_id
), ledger as (
  insert into stock_movements
    (id, variant_id, kind, on_hand_delta, reserved_delta, allocated_delta, sale_id, order_id, actor_id, reason, at)
  select g.id, g.variant_id, 'reserve', 0, g.quantity, case when g.sale_id is null then 0 else -g.quantity end,
    g.sale_id, $8, $9, '', i.now
  from unnest($4::text[], $5::text[], $6::text[], $7::int[]) as g(id, variant_id, sale_id, quantity), instant i
  returning id
), told as (
  insert into outbox (id, lane, payload, created_at)
  select o.id, o.lane, o.payload::jsonb, i.now
  from unnest($30::text[], $31::text[], $32::text[]) with ordinality as o(id, lane, payload, place), instant i
  order by o.place
  returning id
), written as materialized (
  select i.now, (select count(*) from order_written) + (select count(*) from lines_written)
    + (select count(*) from holds_written) + (select count(*) from payment_written) + (select count(*) from redemption)
    + (select count(*) from ledger) + (select count(*) from told) as rows
  from instant i
), sale_taken as materialized (
  select s.* from written w, lateral take_from_sales($33::text[], $34::int[], $9, w.now) s where w.rows > 0
), coupon_taken as materialized (
  select w.now, case when (select count(*) from sale_taken) >= 0 then take_coupon($25, $9, $16, w.now) end from written w
), stock_taken as materialized (
  select s.* from coupon_taken c, lateral take_stock($35::text[], $36::int[], $37::int[], c.now) s
)
select
  (select json_agg(json_build_object('id', id, 'supply', supply, 'version', version, 'bought', bought,
    'limit', per_buyer_limit, 'startsAt', round(extract(epoch from starts_at) * 1000),
    'endsAt', round(extract(epoch from ends_at) * 1000), 'closed', is_ended)) from sale_taken) sales,
  (select json_agg(json_build_object('variantId', variant_id, 'onHand', on_hand, 'reserved', reserved,
    'allocated', allocated, 'version', version)) from stock_taken) stock`;
