-- Of those alone that are to be removed: never sent, or without their message.
DROP INDEX "attachments_expires_at_id_idx";
CREATE INDEX "attachments_expires_at_id_idx" ON "attachments"("expires_at", "id") WHERE "message_id" IS NULL;

-- Why a message may not have an attachment: of each in a batch, the first reason. Called under the locks of the conversations, and
-- an attachment is sent in its own alone. What an earlier message of the batch is to have is BUSY until that is judged. What has
-- expired may be removed at any time, and counts as removed.
create function judge_attachments(p_convs uuid[], p_senders text[], p_kinds text[], p_attachments text[], p_now timestamptz)
returns text[] language plpgsql volatile strict as $$
declare
  verdicts text[];
  refused record;
begin
  for refused in
    with wanted as materialized (
      select i.ord, i.conv, i.sender, i.kind, f.id, f.place, min(i.ord) over (partition by f.id, i.conv, i.sender) as first_ord
      from unnest(p_convs, p_senders, p_kinds, p_attachments) with ordinality i(conv, sender, kind, ids, ord)
      cross join lateral unnest(i.ids::uuid[]) with ordinality f(id, place)),
    judged as (
      select w.ord, w.place,
        case when a.id is null then 'NO_ATTACHMENT'
             when a.position is not null then 'ATTACHMENT_SENT'
             when a.expires_at <= p_now then 'NO_ATTACHMENT'
             when a.status = 'REJECTED' then 'ATTACHMENT_REJECTED'
             when a.status <> 'READY' then 'ATTACHMENT_NOT_READY'
             when w.kind = 'IMAGE' and a.media_type not like 'image/%' then 'NOT_AN_IMAGE'
             when w.kind = 'VOICE' and a.media_type not like 'audio/%' then 'NOT_A_SOUND'
             when w.first_ord < w.ord then 'BUSY' end as verdict
      from wanted w
      -- In the order of one index: a plan that was made while a table was small reads nobody's files all.
      left join lateral (select * from attachments x where x.id >= w.id order by x.id limit 1) a
        on a.id = w.id and a.conversation_id = w.conv and a.uploader_id = w.sender)
    select distinct on (ord) ord, verdict from judged where verdict is not null order by ord, place
  loop
    verdicts[refused.ord] := refused.verdict;
  end loop;
  return verdicts;
end $$;

drop function send_messages(boolean, uuid[], uuid[], text[], text[], text[], text[], text[], text[], text[], text[], uuid[],
  text[], boolean[], text[]);

-- As before, and with attachments, which are judged where a batch has any.
create function send_messages(p_wait boolean, p_ids uuid[], p_convs uuid[], p_senders text[], p_roles text[],
  p_keys text[], p_bodies text[], p_hashes text[], p_appointments text[], p_services text[], p_kinds text[], p_replies uuid[],
  p_cards text[], p_emergencies boolean[], p_requests text[], p_attachments text[] default null)
returns table(o_ord int, o_outcome text, o_id uuid, o_seq int, o_rev bigint, o_at timestamptz, o_role text, o_session uuid,
  o_sender json)
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set jit = off
set plan_cache_mode = force_generic_plan set lock_timeout = '100ms' as $$
#variable_conflict use_column
declare
  held constant uuid[] := lock_conversations(p_wait, p_convs);
  now constant timestamptz(3) := clock_timestamp();
  -- Of most batches null, and then nothing is called.
  unfit constant text[] := judge_attachments(p_convs, p_senders, p_kinds, p_attachments, now);
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
           when unfit[i.ord] is not null then unfit[i.ord]
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
  if p_attachments is not null then
    update attachments a set message_id = m.id, position = f.place - 1
    from unnest(p_ids, p_attachments) i(id, ids) join messages m on m.id = i.id
    cross join lateral unnest(i.ids::uuid[]) with ordinality f(id, place)
    where a.id = f.id and a.position is null;
  end if;
end $$;
