-- Lets a statement that changes several tables refuse itself as a whole: whatever it has written is undone.
-- The message is the code of the refusal; SQLSTATE SK001 is the house's own.
CREATE FUNCTION refuse(code text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SK001', MESSAGE = code;
END
$$;
