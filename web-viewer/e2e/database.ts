import pg from 'pg';

/** Reads the house's database, to compare with what the pages show. */
export interface Database {
  /** The first row; throws when there is none. */
  getRow<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row>;
  close(): Promise<void>;
}

export function openDatabase(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  return {
    getRow: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await pool.query<Row>(sql, [...values]);
      const [row] = rows;
      if (row === undefined) throw new Error(`no row: ${sql}`);
      return row;
    },
    close: () => pool.end(),
  };
}
