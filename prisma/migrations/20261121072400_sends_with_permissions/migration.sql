-- As before, and with what else a message may be: of another kind, a reply, an emergency, with a card. Who may send is
-- judged here, and what is stored is audited, without a second round trip.
drop function send_messages(boolean, uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[]);

-- STORED, REPEATED (the columns are those of the first), KEY_REUSED, BUSY, or why not.
create function send_messages(p_wait boolean, p_ids uuid[], p_convs uuid[], p_senders text[], p_roles text[], p_keys text[],
  p_bodies text[], p_hashes text[], p_appointments text[], p_services text[], p_kinds text[], p_replies uuid[],
  p_cards text[], p_emergencies boolean[], p_requests text[])
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
    from unnest(p_ids, p_convs, p_senders, p_roles, p_keys, p_bodies, p_hashes, p_appointments, p_services, p_kinds, p_replies,
        p_cards, p_emergencies, p_requests)
      with ordinality i(id, conv, sender, role, key, body, hash, appointment, service, kind, reply, card, emergency, request,
        ord)),
  judged as materialized (
    select i.*, c.seq, c.rev, c.active_session_id, coalesce(c.patient_id, c.support_user_id) as subject, p.role as own_role,
      u.display_name, u.roles, u.email, u.avatar_url,
      m.id as old_id, m.seq as old_seq, m.rev as old_rev, m.created_at as old_at, m.session_id as old_session,
      case when c.id is null then 'NOT_FOUND'
           when c.id <> all(held) then 'BUSY'
           when p.user_id is null or p.left_at is not null then 'NOT_FOUND'
           when not u.active then 'INACTIVE'
           -- The desk is of those who are admins now; what is deleted is there for who deleted it.
           when c.kind = 'SUPPORT' and p.role = 'ADMIN' and ('ADMIN' = any(u.roles)) is not true then 'NOT_FOUND'
           when c.status = 'DELETED' and c.status_by_id is distinct from i.sender then 'NOT_FOUND'
           when i.role is not null and i.role <> p.role::text then 'WRONG_ROLE'
           when m.id is not null then case when m.content_hash = i.hash then 'REPEATED' else 'KEY_REUSED' end
           when c.care_ended then 'CARE_ENDED'
           when c.status not in ('ACTIVE', 'ARCHIVED') then 'NOT_ACTIVE'
           when coalesce(p.own_can_send, p.role = any(c.send_roles)) is not true then 'MAY_NOT_SEND'
           when i.kind = 'PRESCRIPTION' and p.role <> 'PROFESSIONAL' then 'NOT_PROFESSIONAL'
           when i.reply is not null and t.id is null then 'NO_TARGET'
           when t.deleted_at is not null then 'TARGET_DELETED' end as verdict
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
      order by x.sender_id, x.client_message_id limit 1) m on m.sender_id = i.sender and m.client_message_id = i.key
    left join lateral (
      select * from messages x where x.id >= i.reply order by x.id limit 1
      ) t on t.id = i.reply and t.conversation_id = i.conv and t.seq >= greatest(p.visible_from_seq, c.first_seq)),
  fresh as materialized (
    select *, row_number() over (partition by conv order by ord) as n from judged where verdict is null and copy = 1),
  bumped as (
    update conversations c set seq = c.seq + f.n, status = 'ACTIVE',
      -- Coming back from ARCHIVED is a change of the conversation's own, and takes the first rev.
      rev = c.rev + f.n + (c.status = 'ARCHIVED')::int,
      own_rev = case when c.status = 'ARCHIVED' then c.rev + 1 else c.own_rev end,
      status_by_id = case when c.status = 'ARCHIVED' then null else c.status_by_id end,
      last_activity_at = greatest(c.last_activity_at, clock_timestamp())
    from (select conv, max(n) as n from fresh group by conv) f where c.id = f.conv
    returning c.id, c.rev - f.n as base_rev, c.last_activity_at),
  stored as (
    insert into messages(id, conversation_id, seq, rev, added_rev, sender_id, sender_role, kind, body, client_message_id,
      content_hash, session_id, appointment_id, service_id, reply_to_id, card, created_at)
    select f.id, f.conv, f.seq + f.n, b.base_rev + f.n, b.base_rev + f.n, f.sender, f.own_role, f.kind::"MessageKind", f.body,
      f.key, f.hash, f.active_session_id, f.appointment, f.service, f.reply, f.card::jsonb, b.last_activity_at
    from fresh f join bumped b on b.id = f.conv
    returning id, seq, rev, created_at),
  flagged as (
    insert into emergencies(message_id, conversation_id, flagged_by_id, flagged_at)
    select f.id, f.conv, f.sender, b.last_activity_at from fresh f join bumped b on b.id = f.conv where f.emergency),
  answered as materialized (
    select j.*, s.id as new_id, s.seq as new_seq, s.rev as new_rev, s.created_at as new_at,
      case when j.verdict is not null then j.verdict when j.copy = 1 then 'STORED'
           when f.hash = j.hash then 'REPEATED' else 'KEY_REUSED' end as outcome, coalesce(j.old_id, f.id) as first_id
    from judged j
    left join fresh f on j.verdict is null and f.conv = j.conv and f.sender = j.sender and f.key = j.key
    left join stored s on s.id = f.id),
  audited as (
    insert into audit_pending(id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, request_id)
    select a.id, clock_timestamp(), a.sender, 'sendMessage', 'ALLOWED', a.subject, a.conv, a.first_id, a.request
    from answered a
    -- What a batch stored whose answer was lost has its row.
    where a.outcome in ('STORED', 'REPEATED') and a.id is distinct from a.old_id
    on conflict do nothing)
  select a.ord::int, a.outcome, coalesce(a.new_id, a.old_id), coalesce(a.new_seq, a.old_seq),
    coalesce(a.new_rev, a.old_rev), coalesce(a.new_at, a.old_at), a.own_role::text,
    coalesce(a.old_session, a.active_session_id),
    case when a.new_id is not null then json_build_object('id', a.sender, 'displayName', a.display_name,
      'roles', a.roles::text[], 'email', a.email, 'avatarUrl', a.avatar_url, 'active', true) end
  from answered a order by a.ord;
end $$;

-- As before; reading also reads the notification of the conversation, and what moves is audited.
drop function advance_marks(boolean, uuid[], text[], uuid[], boolean[]);

-- MARKED, NOT_FOUND, NO_MESSAGE or BUSY. Positions move forward only; a mark that moves nothing takes no rev. p_through is
-- a message's id, or null for everything up to now. o_moved says whether a position moved, and with it o_rev.
create function advance_marks(p_wait boolean, p_convs uuid[], p_users text[], p_through uuid[], p_read boolean[],
  p_requests text[])
returns table(o_ord int, o_outcome text, o_moved boolean, o_rev bigint, o_id uuid, o_role text, o_membership int,
  o_access_rev bigint, o_visible_from_seq int, o_delivered_through int, o_read_through int, o_own_can_send boolean,
  o_own_can_view_history boolean, o_notifications_enabled boolean, o_muted_until timestamptz, o_joined_at timestamptz)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set lock_timeout = '100ms' as $$
#variable_conflict use_column
declare held constant uuid[] := lock_conversations(p_wait, p_convs);
begin
  return query
  with input as materialized (
    select * from unnest(p_convs, p_users, p_through, p_read, p_requests)
      with ordinality i(conv, usr, through, is_read, request, ord)),
  judged as materialized (
    select i.*, c.rev, coalesce(c.patient_id, c.support_user_id) as subject, p.id as part_id, p.role, p.rev as old_rev,
      p.membership, p.access_rev, p.visible_from_seq, p.delivered_through, p.read_through, p.own_can_send,
      p.own_can_view_history, p.notifications_enabled, p.muted_until, p.joined_at,
      case when i.through is null then c.seq else m.seq end as target,
      case when c.id is null then 'NOT_FOUND'
           when c.id <> all(held) then 'BUSY'
           when p.user_id is null or p.left_at is not null then 'NOT_FOUND'
           when c.kind = 'SUPPORT' and p.role = 'ADMIN' and ('ADMIN' = any(u.roles)) is not true then 'NOT_FOUND'
           when c.status = 'DELETED' and c.status_by_id is distinct from i.usr then 'NOT_FOUND'
           when i.through is not null and m.id is null then 'NO_MESSAGE'
           else 'MARKED' end as verdict
    from input i
    left join conversations c on c.id = i.conv
    left join participants p on p.conversation_id = i.conv and p.user_id = i.usr
    left join users u on u.id = i.usr
    left join messages m on m.id = i.through and m.conversation_id = i.conv and m.seq >= p.visible_from_seq),
  wanted as (
    select conv, usr, min(rev) as rev, min(ord) as ord,
      greatest(min(delivered_through), max(target)) as delivered,
      greatest(min(read_through), max(target) filter (where is_read)) as read,
      bool_or(target > delivered_through or (is_read and target > read_through)) as moves
    from judged where verdict = 'MARKED' group by conv, usr),
  moving as materialized (
    select *, rev + row_number() over (partition by conv order by ord) as new_rev from wanted where moves),
  bumped as (
    update conversations c set rev = x.rev
    from (select conv, max(new_rev) as rev from moving group by conv) x where c.id = x.conv returning c.id),
  moved as (
    update participants p set rev = x.new_rev, delivered_through = x.delivered, read_through = x.read
    from moving x where p.conversation_id = x.conv and p.user_id = x.usr returning p.id),
  logged as (
    insert into marks(conversation_id, rev, user_id, delivered_through, read_through, at)
    select conv, new_rev, usr, delivered, read, clock_timestamp() from moving),
  seen as (
    update notifications n set read_at = clock_timestamp(), unread_of = null
    from (select distinct conv, usr from judged where verdict = 'MARKED' and is_read) x
    where n.unread_of = x.usr || ' ' || x.conv),
  audited as (
    insert into audit_pending(at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, request_id)
    select clock_timestamp(), j.usr, case when j.is_read then 'markRead' else 'markDelivered' end, 'ALLOWED', j.subject, j.conv,
      j.through, j.request
    from judged j
    where j.verdict = 'MARKED' and (j.target > j.delivered_through or (j.is_read and j.target > j.read_through)))
  select j.ord::int, j.verdict, x.conv is not null, coalesce(x.new_rev, j.old_rev), j.part_id, j.role::text, j.membership,
    j.access_rev, j.visible_from_seq, coalesce(x.delivered, j.delivered_through), coalesce(x.read, j.read_through),
    j.own_can_send, j.own_can_view_history, j.notifications_enabled, j.muted_until, j.joined_at
  from judged j left join moving x on x.conv = j.conv and x.usr = j.usr and j.verdict = 'MARKED'
  order by j.ord;
end $$;
