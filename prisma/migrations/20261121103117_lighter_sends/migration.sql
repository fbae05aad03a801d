-- Every send moves the conversation's last activity: with an index on it, each of them wrote a line in all of the table's
-- indexes. Without, the row is changed in its place.
DROP INDEX "conversations_last_activity_at_id_idx";
ALTER TABLE "conversations" SET (fillfactor = 80);

-- Few messages are of a session.
DROP INDEX "messages_session_id_seq_idx";
CREATE INDEX "messages_session_id_seq_idx" ON "messages"("session_id", "seq") WHERE "session_id" IS NOT NULL;

CREATE INDEX "messages_created_at_idx" ON "messages"("created_at");

-- A plan for each batch anew would cost more than the batch.
alter function advance_marks(boolean, uuid[], text[], uuid[], boolean[], text[]) set plan_cache_mode = force_generic_plan;

-- As before, but what becomes of each message is judged once, and nothing is joined to it afterwards. Of messages with the same
-- key the second is BUSY: it is judged again once the first is stored.
create or replace function send_messages(p_wait boolean, p_ids uuid[], p_convs uuid[], p_senders text[], p_roles text[],
  p_keys text[], p_bodies text[], p_hashes text[], p_appointments text[], p_services text[], p_kinds text[], p_replies uuid[],
  p_cards text[], p_emergencies boolean[], p_requests text[])
returns table(o_ord int, o_outcome text, o_id uuid, o_seq int, o_rev bigint, o_at timestamptz, o_role text, o_session uuid,
  o_sender json)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set jit = off
set plan_cache_mode = force_generic_plan set lock_timeout = '100ms' as $$
#variable_conflict use_column
declare
  held constant uuid[] := lock_conversations(p_wait, p_convs);
  now constant timestamptz(3) := clock_timestamp();
begin
  return query
  with judged as materialized (
    select i.*, c.seq, c.rev, c.status, c.active_session_id, coalesce(c.patient_id, c.support_user_id) as subject,
      greatest(c.last_activity_at, now) as at, p.role as own_role, u.display_name, u.roles, u.email, u.avatar_url,
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
           when t.deleted_at is not null then 'TARGET_DELETED'
           when i.copy > 1 then 'BUSY' end as verdict
    from (
      select *, row_number() over (partition by conv, sender, key order by ord) as copy
      from unnest(p_ids, p_convs, p_senders, p_roles, p_keys, p_bodies, p_hashes, p_appointments, p_services, p_kinds,
          p_replies, p_cards, p_emergencies, p_requests)
        with ordinality i(id, conv, sender, role, key, body, hash, appointment, service, kind, reply, card, emergency,
          request, ord)) i
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
  -- Coming back from ARCHIVED is a change of the conversation's own, and takes the first rev.
  fresh as materialized (
    select *, row_number() over (partition by conv order by ord) as n, (status = 'ARCHIVED')::int as returns
    from judged where verdict is null),
  bumped as (
    update conversations c set seq = c.seq + f.n, rev = c.rev + f.n + f.returns, status = 'ACTIVE', last_activity_at = f.at,
      own_rev = case when f.returns = 1 then c.rev + 1 else c.own_rev end,
      status_by_id = case when f.returns = 1 then null else c.status_by_id end
    from (select conv, max(n) as n, max(returns) as returns, max(at) as at from fresh group by conv) f where c.id = f.conv),
  stored as (
    insert into messages(id, conversation_id, seq, rev, added_rev, sender_id, sender_role, kind, body, client_message_id,
      content_hash, session_id, appointment_id, service_id, reply_to_id, card, created_at)
    select id, conv, seq + n, rev + returns + n, rev + returns + n, sender, own_role, kind::"MessageKind", body,
      key, hash, active_session_id, appointment, service, reply, card::jsonb, at
    from fresh),
  flagged as (
    insert into emergencies(message_id, conversation_id, flagged_by_id, flagged_at)
    select id, conv, sender, at from fresh where emergency),
  audited as (
    insert into audit_pending(id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, request_id)
    select id, clock_timestamp(), sender, 'sendMessage', 'ALLOWED', subject, conv, coalesce(old_id, id), request
    from judged
    -- What a batch stored whose answer was lost has its row.
    where verdict is null or (verdict = 'REPEATED' and id <> old_id)
    on conflict do nothing)
  select ord::int, 'STORED', id, seq + n::int, rev + returns + n, at, own_role::text, active_session_id,
    json_build_object('id', sender, 'displayName', display_name, 'roles', roles::text[], 'email', email,
      'avatarUrl', avatar_url, 'active', true)
  from fresh
  union all
  select ord::int, verdict, old_id, old_seq, old_rev, old_at, own_role::text, old_session, null
  from judged where verdict is not null
  order by 1;
end $$;

-- What the hash of an event covers, beside the hash before it.
create function audit_content(sequence bigint, id uuid, at timestamptz, actor_id text, action text, outcome "AuditOutcome",
  subject_user_id text, conversation_id uuid, message_id uuid, session_id uuid, request_id text)
returns text language sql stable as $$
  select json_build_array(sequence, id, (extract(epoch from at) * 1000)::bigint, actor_id, action, outcome, subject_user_id,
    conversation_id, message_id, session_id, request_id)::text
$$;

create or replace function audit_hash(before text, event audit_events) returns text language sql stable as $$
  select encode(sha256(convert_to(before || audit_content(event.sequence, event.id, event.at, event.actor_id, event.action,
    event.outcome, event.subject_user_id, event.conversation_id, event.message_id, event.session_id, event.request_id),
    'UTF8')), 'hex')
$$;

-- As before, with no more done for each event than must be done one after the other. Each is looked up among those of the
-- chain: to hash them all, as a planner that takes them for few does, costs more with each that is added.
create or replace function chain_audit(p_limit int) returns int language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  head audit_head;
  waiting audit_pending[];
  contents text[];
  hashes text[] := '{}';
  content text;
begin
  -- Who has the head is the only one to take from what waits.
  select * into head from audit_head where id = 1 for update skip locked;
  if not found then return 0; end if;
  with taken as (
    delete from audit_pending where id in (select id from audit_pending order by at, id limit p_limit) returning *),
  -- A batch of sends whose answer was lost writes some of its rows again.
  placed as (
    select row_number() over (order by at, id) as place, * from taken
    where not exists (select 1 from audit_events e where e.id = taken.id)),
  told as (
    select row(id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, session_id,
        request_id)::audit_pending as one,
      audit_content(head.sequence + place, id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id,
        session_id, request_id) as told_of
    from placed order by place)
  select array_agg(one), array_agg(told_of) into waiting, contents from told;
  if waiting is null then return 0; end if;
  foreach content in array contents loop
    head.hash := encode(sha256(convert_to(head.hash || content, 'UTF8')), 'hex');
    hashes := array_append(hashes, head.hash);
  end loop;
  insert into audit_events (sequence, id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id,
    session_id, request_id, hash)
  select head.sequence + ord, id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, session_id,
    request_id, hash
  from rows from (unnest(waiting), unnest(hashes)) with ordinality
    w(id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, session_id, request_id, hash, ord);
  update audit_head set sequence = head.sequence + cardinality(waiting), hash = head.hash where id = 1;
  return cardinality(waiting);
end $$;
