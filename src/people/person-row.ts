/** Of users; what makes a Person. */
export const PERSON_COLUMNS = `id, display_name as "displayName", roles::text[] as roles, email, avatar_url as "avatarUrl", active`

/** A Person as one value, of `users u`; null where there is none. */
export const PERSON_JSON = `case when u.id is not null then json_build_object('id', u.id, 'displayName', u.display_name,
  'roles', u.roles::text[], 'email', u.email, 'avatarUrl', u.avatar_url, 'active', u.active) end`
