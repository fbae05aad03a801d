-- An event tells the grant that it rests on.
alter table audit_events add column access_grant_id uuid;
alter table audit_pending add column access_grant_id uuid;
create index audit_events_access_grant_idx on audit_events (access_grant_id, sequence) where access_grant_id is not null;
create index access_grants_granted_at_id_idx on access_grants (granted_at, id);

-- As before, and the grant behind the rest where there is one: the hash of an event without stays what it was.
drop function audit_content(bigint, uuid, timestamptz, text, text, "AuditOutcome", text, uuid, uuid, uuid, text);
create function audit_content(sequence bigint, id uuid, at timestamptz, actor_id text, action text, outcome "AuditOutcome",
  subject_user_id text, conversation_id uuid, message_id uuid, session_id uuid, request_id text, access_grant_id uuid)
returns text language sql stable as $$
  select case when access_grant_id is null then json_build_array(sequence, id, (extract(epoch from at) * 1000)::bigint, actor_id,
      action, outcome, subject_user_id, conversation_id, message_id, session_id, request_id)
    else json_build_array(sequence, id, (extract(epoch from at) * 1000)::bigint, actor_id, action, outcome, subject_user_id,
      conversation_id, message_id, session_id, request_id, access_grant_id) end::text
$$;

create or replace function audit_hash(before text, event audit_events) returns text language sql stable as $$
  select encode(sha256(convert_to(before || audit_content(event.sequence, event.id, event.at, event.actor_id, event.action,
    event.outcome, event.subject_user_id, event.conversation_id, event.message_id, event.session_id, event.request_id,
    event.access_grant_id), 'UTF8')), 'hex')
$$;

-- As before, with the grant.
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
        request_id, access_grant_id)::audit_pending as one,
      audit_content(head.sequence + place, id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id,
        session_id, request_id, access_grant_id) as told_of
    from placed order by place)
  select array_agg(one), array_agg(told_of) into waiting, contents from told;
  if waiting is null then return 0; end if;
  foreach content in array contents loop
    head.hash := encode(sha256(convert_to(head.hash || content, 'UTF8')), 'hex');
    hashes := array_append(hashes, head.hash);
  end loop;
  insert into audit_events (sequence, id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id,
    session_id, request_id, access_grant_id, hash)
  select head.sequence + ord, id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, session_id,
    request_id, access_grant_id, hash
  from rows from (unnest(waiting), unnest(hashes)) with ordinality
    w(id, at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, session_id, request_id, access_grant_id,
      hash, ord);
  update audit_head set sequence = head.sequence + cardinality(waiting), hash = head.hash where id = 1;
  return cardinality(waiting);
end $$;
