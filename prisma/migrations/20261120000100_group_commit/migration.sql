-- Locks them by id, and answers which are locked now. Where p_wait is false, what somebody else holds is skipped.
create function lock_conversations(p_wait boolean, p_ids uuid[]) returns uuid[] language plpgsql volatile as $$
begin
  if p_wait then
    return (select coalesce(array_agg(id), '{}')
      from (select id from conversations where id = any(p_ids) order by id for no key update) locked);
  end if;
  return (select coalesce(array_agg(id), '{}')
    from (select id from conversations where id = any(p_ids) order by id for no key update skip locked) locked);
end $$;

-- Both functions below take a batch and answer one row an item, by o_ord. They lock the conversations; their next
-- statement, whose snapshot is therefore taken after the locks, judges and writes. What is skipped is answered BUSY.
-- The set clauses keep the cached plan on the indexes as the tables grow.

-- STORED, REPEATED (the columns are those of the first), KEY_REUSED, BUSY, or why not.
create function send_messages(p_wait boolean, p_ids uuid[], p_convs uuid[], p_senders text[], p_roles text[], p_keys text[],
  p_bodies text[], p_hashes text[], p_appointments text[], p_services text[])
returns table(o_ord int, o_outcome text, o_id uuid, o_seq int, o_rev bigint, o_at timestamptz, o_role text, o_session uuid)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set lock_timeout = '100ms' as $$
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
    left join participants p on p.conversation_id = i.conv and p.user_id = i.sender
    left join users u on u.id = i.sender
    left join messages m on m.conversation_id = i.conv and m.sender_id = i.sender and m.client_message_id = i.key),
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
    j.own_role::text, coalesce(j.old_session, j.active_session_id)
  from judged j
  left join fresh f on j.verdict is null and f.conv = j.conv and f.sender = j.sender and f.key = j.key
  left join stored s on s.id = f.id
  order by j.ord;
end $$;

-- MARKED, NOT_FOUND, NO_MESSAGE or BUSY. Positions move forward only; a mark that moves nothing takes no rev. p_through is
-- a message's id, or null for everything up to now. o_moved says whether a position moved, and with it o_rev.
create function advance_marks(p_wait boolean, p_convs uuid[], p_users text[], p_through uuid[], p_read boolean[])
returns table(o_ord int, o_outcome text, o_moved boolean, o_rev bigint, o_id uuid, o_role text, o_membership int,
  o_access_rev bigint, o_visible_from_seq int, o_delivered_through int, o_read_through int, o_joined_at timestamptz)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set lock_timeout = '100ms' as $$
#variable_conflict use_column
declare held constant uuid[] := lock_conversations(p_wait, p_convs);
begin
  return query
  with input as materialized (
    select * from unnest(p_convs, p_users, p_through, p_read) with ordinality i(conv, usr, through, is_read, ord)),
  judged as materialized (
    select i.*, c.rev, p.id as part_id, p.role, p.rev as old_rev, p.membership, p.access_rev, p.visible_from_seq,
      p.delivered_through, p.read_through, p.joined_at,
      case when i.through is null then c.seq else m.seq end as target,
      case when c.id is null then 'NOT_FOUND'
           when c.id <> all(held) then 'BUSY'
           when p.user_id is null or p.left_at is not null then 'NOT_FOUND'
           when i.through is not null and m.id is null then 'NO_MESSAGE'
           else 'MARKED' end as verdict
    from input i
    left join conversations c on c.id = i.conv
    left join participants p on p.conversation_id = i.conv and p.user_id = i.usr
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
    select conv, new_rev, usr, delivered, read, clock_timestamp() from moving)
  select j.ord::int, j.verdict, x.conv is not null, coalesce(x.new_rev, j.old_rev), j.part_id, j.role::text, j.membership,
    j.access_rev, j.visible_from_seq, coalesce(x.delivered, j.delivered_through), coalesce(x.read, j.read_through),
    j.joined_at
  from judged j left join moving x on x.conv = j.conv and x.usr = j.usr and j.verdict = 'MARKED'
  order by j.ord;
end $$;
