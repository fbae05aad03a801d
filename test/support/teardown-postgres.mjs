import pg from 'pg'

/** Drops what this run made, also what a test that was killed left behind. */
export default async () => {
  const run = process.env.TEST_POSTGRES_RUN
  const admin = new pg.Client(process.env.TEST_DATABASE_URL)
  await admin.connect()
  const { rows } = await admin.query('select datname from pg_database where starts_with(datname, $1)', [run])
  for (const { datname } of rows) await admin.query(`drop database if exists ${datname} with (force)`)
  await admin.end()
}
