/**
 * Claims the units of all lines, redeems the coupon, and writes the order with its lines, holds, payment, ledger and
 * what others are told, in one guarded statement. Rows that others may want are locked in one order: sales, coupon,
 * stock, each by id; the stock comes last, so that it is locked for as short as can be. The statement is its own
 * transaction; the guards refuse it as a whole, see the migration `refuse_claim`.
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
), line as materialized (
  select * from jsonb_to_recordset($3::jsonb) as l(id text, position int, variant_id text, product_id text, sale_id text,
    title text, variant_label text, picture_url text, quantity int, unit_price_minor bigint, parts jsonb)
), good as materialized (
  select * from unnest($4::text[], $5::text[], $6::text[], $7::int[]) as g(movement_id, variant_id, sale_id, quantity)
), sale_want as materialized (
  select * from unnest($33::text[], $34::int[]) as w(sale_id, quantity)
), sale_locked as (
  select id from sales where id = any($33::text[]) order by id for update
), sale_changed as (
  update sales s set claimed = s.claimed + w.quantity, version = s.version + 1, updated_at = i.now
  from sale_want w join sale_locked k on k.id = w.sale_id, instant i
  where s.id = w.sale_id and s.units - s.claimed - s.returned >= w.quantity
    and (s.total_limit is null or s.claimed + w.quantity <= s.total_limit)
  returning s.id, least(s.units - s.claimed - s.returned, s.total_limit - s.claimed) as supply, s.version,
    s.per_buyer_limit, s.starts_at, s.ends_at, s.status
), buyer_changed as (
  insert into sale_buyers as b (sale_id, buyer_id, units, updated_at)
  select w.sale_id, $9, w.quantity, i.now
  from sale_want w join sale_changed s on s.id = w.sale_id, instant i where w.quantity <= s.per_buyer_limit
  on conflict (sale_id, buyer_id) do update set units = b.units + excluded.units, updated_at = excluded.updated_at
  where b.units + excluded.units <= (select per_buyer_limit from sales where id = excluded.sale_id)
  returning b.sale_id, b.units
), coupon_changed as (
  update coupons c set spent_minor = c.spent_minor + $16, redemptions = c.redemptions + 1
  from instant i
  where c.id = $25 and (select count(*) from buyer_changed) >= 0 and c.is_enabled
    and (c.starts_at is null or c.starts_at <= i.now) and (c.ends_at is null or i.now < c.ends_at)
    and (c.max_redemptions is null or c.redemptions < c.max_redemptions)
    and (c.budget_minor is null or c.spent_minor + $16 <= c.budget_minor)
  returning c.id, c.per_buyer_limit
), coupon_buyer_changed as (
  insert into coupon_buyers as b (coupon_id, buyer_id, redemptions)
  select id, $9, 1 from coupon_changed
  on conflict (coupon_id, buyer_id) do update set redemptions = b.redemptions + 1
  where b.redemptions < (select per_buyer_limit from coupons where id = excluded.coupon_id)
  returning coupon_id
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
    unit_price_minor, parts from line
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
  select $8, c.coupon_id, $9, $16, i.now from coupon_buyer_changed c, instant i
  returning order_id
), ledger as (
  insert into stock_movements
    (id, variant_id, kind, on_hand_delta, reserved_delta, allocated_delta, sale_id, order_id, actor_id, reason, at)
  select g.movement_id, g.variant_id, 'reserve', 0, g.quantity, case when g.sale_id is null then 0 else -g.quantity end,
    g.sale_id, $8, $9, '', i.now from good g, instant i
  returning id
), told as (
  insert into outbox (id, lane, payload, created_at)
  select o.id, o.lane, o.payload::jsonb, i.now
  from unnest($30::text[], $31::text[], $32::text[]) with ordinality as o(id, lane, payload, place), instant i
  order by o.place
  returning id
), written as materialized (
  select (select count(*) from order_written) + (select count(*) from lines_written) + (select count(*) from holds_written)
    + (select count(*) from payment_written) + (select count(*) from redemption) + (select count(*) from ledger)
    + (select count(*) from told) as rows
), want as materialized (
  select * from unnest($35::text[], $36::int[], $37::int[]) as w(variant_id, quantity, from_sale)
), stock_locked as (
  select variant_id from stock
  where variant_id = any($35::text[]) and (select count(*) from buyer_changed) >= 0 and (select rows from written) > 0
  order by variant_id for update
), stock_changed as (
  update stock s set reserved = s.reserved + w.quantity, allocated = s.allocated - w.from_sale,
    version = s.version + 1, updated_at = i.now
  from want w join stock_locked k using (variant_id), instant i
  where s.variant_id = w.variant_id and s.allocated >= w.from_sale
    and s.reserved + w.quantity + s.allocated - w.from_sale <= s.on_hand
  returning s.variant_id, s.on_hand, s.reserved, s.allocated, s.version
)
select
  case
    when (select count(*) from buyer_changed) < (select count(*) from sale_want)
      or (select count(*) from stock_changed) < (select count(*) from want) then refuse('HOLD_LOST')
    when $25::text is null then true
    when not exists (select from coupon_changed) then refuse(
      case when exists (select from coupons c, instant i where c.id = $25 and c.is_enabled
        and (c.starts_at is null or c.starts_at <= i.now) and (c.ends_at is null or i.now < c.ends_at))
      then 'COUPON_USED_UP' else 'COUPON_NOT_VALID' end)
    when not exists (select from coupon_buyer_changed) then refuse('COUPON_LIMIT_REACHED')
    else true
  end claimed,
  (select json_agg(json_build_object('id', id, 'supply', supply, 'version', version,
    'limit', per_buyer_limit, 'startsAt', round(extract(epoch from starts_at) * 1000),
    'endsAt', round(extract(epoch from ends_at) * 1000), 'closed', status = 'ended')) from sale_changed) sales,
  (select json_agg(json_build_object('saleId', sale_id, 'units', units)) from buyer_changed) buyers,
  (select json_agg(json_build_object('variantId', variant_id, 'onHand', on_hand, 'reserved', reserved,
    'allocated', allocated, 'version', version)) from stock_changed) stock`;
