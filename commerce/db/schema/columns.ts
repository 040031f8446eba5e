import { customType } from 'drizzle-orm/pg-core';

/**
 * An instant: `timestamptz` with milliseconds in the database, Unix milliseconds (number) in the code.
 * Nothing outside this column type ever handles a Date.
 */
export const instant = customType<{ data: number; driverData: Date | string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (unixMs) => new Date(unixMs).toISOString(),
  fromDriver: (value) => new Date(value).getTime(),
});

/** Exact integer amounts in minor units; safe integers by the bounds of the protocol. */
export const amountMinor = customType<{ data: number; driverData: string }>({
  dataType: () => 'bigint',
  toDriver: (amount) => String(amount),
  fromDriver: (value) => Number(value),
});
