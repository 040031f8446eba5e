-- What the claim takes from rows that many want at once. Each function locks its rows in the order of their ids, and only
-- then changes them, by a statement with a snapshot of its own: it sees what was committed while it waited, so that nothing
-- is planned or looked up a second time while others queue behind. Each refuses the whole claim when its guard fails.

-- Units of sales for a buyer, with the sales' counts after it.
CREATE FUNCTION take_from_sales(ids text[], wanted int[], buyer text, happened_at timestamptz)
RETURNS TABLE (id text, supply int, version int, per_buyer_limit int, starts_at timestamptz, ends_at timestamptz,
  is_ended boolean, bought int)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE taken int;
BEGIN
  IF cardinality(ids) = 0 THEN RETURN; END IF;
  PERFORM FROM sales s WHERE s.id = ANY (ids) ORDER BY s.id FOR UPDATE;
  RETURN QUERY
    WITH changed AS (
      UPDATE sales s SET claimed = s.claimed + w.quantity, version = s.version + 1, updated_at = happened_at
      FROM unnest(ids, wanted) AS w (id, quantity)
      WHERE s.id = w.id AND s.units - s.claimed - s.returned >= w.quantity AND w.quantity <= s.per_buyer_limit
        AND (s.total_limit IS NULL OR s.claimed + w.quantity <= s.total_limit)
      RETURNING s.*, w.quantity
    ), of_buyer AS (
      INSERT INTO sale_buyers AS b (sale_id, buyer_id, units, updated_at)
      SELECT c.id, buyer, c.quantity, happened_at FROM changed c
      ON CONFLICT (sale_id, buyer_id) DO UPDATE SET units = b.units + excluded.units, updated_at = excluded.updated_at
      WHERE b.units + excluded.units <= (SELECT s.per_buyer_limit FROM sales s WHERE s.id = excluded.sale_id)
      RETURNING b.sale_id, b.units
    )
    SELECT c.id, least(c.units - c.claimed - c.returned, c.total_limit - c.claimed), c.version, c.per_buyer_limit,
      c.starts_at, c.ends_at, c.status = 'ended', o.units
    FROM changed c JOIN of_buyer o ON o.sale_id = c.id;
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF taken < cardinality(ids) THEN PERFORM refuse('HOLD_LOST'); END IF;
END
$$;
--> statement-breakpoint
-- One use of a coupon by a buyer; nothing for null.
CREATE FUNCTION take_coupon(coupon text, buyer text, discount bigint, happened_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE c coupons;
BEGIN
  IF coupon IS NULL THEN RETURN; END IF;
  SELECT * INTO c FROM coupons WHERE id = coupon FOR UPDATE;
  IF c.id IS NULL OR NOT c.is_enabled OR c.starts_at > happened_at OR c.ends_at <= happened_at THEN
    PERFORM refuse('COUPON_NOT_VALID');
  END IF;
  IF c.redemptions >= c.max_redemptions OR c.spent_minor + discount > c.budget_minor THEN
    PERFORM refuse('COUPON_USED_UP');
  END IF;
  UPDATE coupons SET spent_minor = spent_minor + discount, redemptions = redemptions + 1 WHERE id = coupon;
  INSERT INTO coupon_buyers AS b (coupon_id, buyer_id, redemptions) VALUES (coupon, buyer, 1)
  ON CONFLICT (coupon_id, buyer_id) DO UPDATE SET redemptions = b.redemptions + 1 WHERE b.redemptions < c.per_buyer_limit;
  IF NOT FOUND THEN PERFORM refuse('COUPON_LIMIT_REACHED'); END IF;
END
$$;
--> statement-breakpoint
-- Units of variants, some of which sales have set aside, with the counts after it.
CREATE FUNCTION take_stock(ids text[], wanted int[], set_aside int[], happened_at timestamptz)
RETURNS TABLE (variant_id text, on_hand int, reserved int, allocated int, version int)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE taken int;
BEGIN
  PERFORM FROM stock s WHERE s.variant_id = ANY (ids) ORDER BY s.variant_id FOR UPDATE;
  RETURN QUERY
    UPDATE stock s SET reserved = s.reserved + w.quantity, allocated = s.allocated - w.of_sales,
      version = s.version + 1, updated_at = happened_at
    FROM unnest(ids, wanted, set_aside) AS w (variant_id, quantity, of_sales)
    WHERE s.variant_id = w.variant_id AND s.allocated >= w.of_sales
      AND s.reserved + w.quantity + s.allocated - w.of_sales <= s.on_hand
    RETURNING s.variant_id, s.on_hand, s.reserved, s.allocated, s.version;
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF taken < cardinality(ids) THEN PERFORM refuse('HOLD_LOST'); END IF;
END
$$;
