export const ADMIN_ID: string
export const ADMIN_SQL: string
