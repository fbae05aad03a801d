-- An event tells the grant that it rests on.
alter table audit_events add column access_grant_id uuid;
alter table audit_pending add column access_grant_id uuid;
create index audit_events_access_grant_idx on audit_events (access_grant_id, sequence) where access_grant_id is not null;
create index access_grants_granted_at_id_idx on access_grants (granted_at, id);

-- As before, and the grant behind the rest where there is one: the hash of an event without stays what it was.
create or replace function audit_hash(before text, event audit_events) returns text language sql stable as $$
  select encode(sha256(convert_to(before || (jsonb_build_array(event.sequence, event.id,
    (extract(epoch from event.at) * 1000)::bigint, event.actor_id, event.action, event.outcome, event.subject_user_id,
    event.conversation_id, event.message_id, event.session_id, event.request_id) ||
    case when event.access_grant_id is null then '[]' else jsonb_build_array(event.access_grant_id) end)::text, 'UTF8')), 'hex')
$$;

-- As before, with the grant.
create or replace function chain_audit(p_limit int) returns int language plpgsql as $$
declare
  head audit_head;
  waiting audit_pending[];
  events audit_events[] := '{}';
  event audit_events;
  one audit_pending;
begin
  select * into head from audit_head where id = 1 for update skip locked;
  if not found then return 0; end if;
  with taken as (
    delete from audit_pending where id in (
      select id from audit_pending order by at, id limit p_limit for update skip locked) returning *)
  -- A batch of sends whose answer was lost writes some of its rows again.
  select array_agg(taken::audit_pending order by at, id) into waiting from taken
    where not exists (select 1 from audit_events e where e.id = taken.id);
  if waiting is null then return 0; end if;
  foreach one in array waiting loop
    head.sequence := head.sequence + 1;
    event := row(head.sequence, one.id, one.at, one.actor_id, one.action, one.outcome, one.subject_user_id,
      one.conversation_id, one.message_id, one.session_id, one.request_id, '', one.access_grant_id)::audit_events;
    event.hash := audit_hash(head.hash, event);
    head.hash := event.hash;
    events := events || event;
  end loop;
  insert into audit_events select * from unnest(events);
  update audit_head set sequence = head.sequence, hash = head.hash where id = 1;
  return cardinality(waiting);
end $$;
