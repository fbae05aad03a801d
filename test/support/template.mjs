/** Who makes everyone else in tests, and keeps started servers from creating demo people. */
export const ADMIN_ID = 'test-admin'
export const ADMIN_SQL = `insert into users (id, display_name, roles) values ('${ADMIN_ID}', 'Test Admin', '{ADMIN}')`
