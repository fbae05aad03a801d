-- As before, and with the sender of what is STORED, so that nobody has to read them to deliver it; and what was sent
-- before is always found by its key.
drop function send_messages(boolean, uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[]);

-- STORED, REPEATED (the columns are those of the first), KEY_REUSED, BUSY, or why not.
create function send_messages(p_wait boolean, p_ids uuid[], p_convs uuid[], p_senders text[], p_roles text[], p_keys text[],
  p_bodies text[], p_hashes text[], p_appointments text[], p_services text[])
returns table(o_ord int, o_outcome text, o_id uuid, o_seq int, o_rev bigint, o_at timestamptz, o_role text, o_session uuid,
  o_sender json)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set jit = off
set lock_timeout = '100ms' as $$
#variable_conflict use_column
declare held constant uuid[] := lock_conversations(p_wait, p_convs);
begin
  return query
  with input as materialized (
    select *, row_number() over (partition by conv, sender, key order by ord) as copy
    from unnest(p_ids, p_convs, p_senders, p_roles, p_keys, p_bodies, p_hashes, p_appointments, p_services)
      with ordinality i(id, conv, sender, role, key, body, hash, appointment, service, ord)),
  judged as materialized (
    select i.*, c.seq, c.rev, c.active_session_id, p.role as own_role,
      u.display_name, u.roles, u.email, u.avatar_url,
      m.id as old_id, m.seq as old_seq, m.rev as old_rev, m.created_at as old_at, m.session_id as old_session,
      case when c.id is null then 'NOT_FOUND'
           when c.id <> all(held) then 'BUSY'
           when p.user_id is null or p.left_at is not null then 'NOT_FOUND'
           when not u.active then 'INACTIVE'
           when i.role is not null and i.role <> p.role::text then 'WRONG_ROLE'
           when m.id is not null then case when m.content_hash = i.hash then 'REPEATED' else 'KEY_REUSED' end
           when c.care_ended then 'CARE_ENDED'
           when c.status not in ('ACTIVE', 'ARCHIVED') then 'NOT_ACTIVE' end as verdict
    from input i
    left join conversations c on c.id = i.conv
    -- Nothing may sort, and only one index has each of these orders: a plan that was made while a table was small, or of
    -- people with few conversations, reads no conversation whole, nor all of somebody's.
    left join lateral (
      select * from participants x where (x.conversation_id, x.user_id) >= (i.conv, i.sender)
      order by x.conversation_id, x.user_id limit 1) p on p.conversation_id = i.conv and p.user_id = i.sender
    left join users u on u.id = i.sender
    left join lateral (
      select * from messages x where x.conversation_id = i.conv and (x.sender_id, x.client_message_id) >= (i.sender, i.key)
      order by x.sender_id, x.client_message_id limit 1) m on m.sender_id = i.sender and m.client_message_id = i.key),
  fresh as materialized (
    select *, row_number() over (partition by conv order by ord) as n from judged where verdict is null and copy = 1),
  bumped as (
    update conversations c set seq = c.seq + f.n, status = 'ACTIVE',
      -- Coming back from ARCHIVED is a change of the conversation's own, and takes the first rev.
      rev = c.rev + f.n + (c.status = 'ARCHIVED')::int,
      own_rev = case when c.status = 'ARCHIVED' then c.rev + 1 else c.own_rev end,
      last_activity_at = greatest(c.last_activity_at, clock_timestamp())
    from (select conv, max(n) as n from fresh group by conv) f where c.id = f.conv
    returning c.id, c.rev - f.n as base_rev, c.last_activity_at),
  stored as (
    insert into messages(id, conversation_id, seq, rev, added_rev, sender_id, sender_role, kind, body, client_message_id,
      content_hash, session_id, appointment_id, service_id, created_at)
    select f.id, f.conv, f.seq + f.n, b.base_rev + f.n, b.base_rev + f.n, f.sender, f.own_role, 'TEXT', f.body, f.key,
      f.hash, f.active_session_id, f.appointment, f.service, b.last_activity_at
    from fresh f join bumped b on b.id = f.conv
    returning id, seq, rev, created_at)
  select j.ord::int,
    case when j.verdict is not null then j.verdict when j.copy = 1 then 'STORED'
         when f.hash = j.hash then 'REPEATED' else 'KEY_REUSED' end,
    coalesce(s.id, j.old_id), coalesce(s.seq, j.old_seq), coalesce(s.rev, j.old_rev), coalesce(s.created_at, j.old_at),
    j.own_role::text, coalesce(j.old_session, j.active_session_id),
    case when s.id is not null then json_build_object('id', j.sender, 'displayName', j.display_name,
      'roles', j.roles::text[], 'email', j.email, 'avatarUrl', j.avatar_url, 'active', true) end
  from judged j
  left join fresh f on j.verdict is null and f.conv = j.conv and f.sender = j.sender and f.key = j.key
  left join stored s on s.id = f.id
  order by j.ord;
end $$;
