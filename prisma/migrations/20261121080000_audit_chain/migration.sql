-- What happened becomes a chain: each event's hash covers it and the hash before it, so that whatever is changed, removed or
-- put in by hand shows.
create function audit_hash(before text, event audit_events) returns text language sql stable as $$
  select encode(sha256(convert_to(before || jsonb_build_array(event.sequence, event.id,
    (extract(epoch from event.at) * 1000)::bigint, event.actor_id, event.action, event.outcome, event.subject_user_id,
    event.conversation_id, event.message_id, event.session_id, event.request_id)::text, 'UTF8')), 'hex')
$$;

-- Chains the oldest of what waits, so many at most, and answers how many: none where another process is about it.
create function chain_audit(p_limit int) returns int language plpgsql as $$
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
      one.conversation_id, one.message_id, one.session_id, one.request_id, '')::audit_events;
    event.hash := audit_hash(head.hash, event);
    head.hash := event.hash;
    events := events || event;
  end loop;
  insert into audit_events select * from unnest(events);
  update audit_head set sequence = head.sequence, hash = head.hash where id = 1;
  return cardinality(waiting);
end $$;

-- Follows the chain behind an event, so many links at most. o_broken is the first that does not hold, or null.
create function follow_audit(p_after bigint, p_hash text, p_through bigint, p_limit int)
returns table(o_checked int, o_sequence bigint, o_hash text, o_broken bigint) language plpgsql stable as $$
declare
  event audit_events;
begin
  o_checked := 0;
  o_sequence := p_after;
  o_hash := p_hash;
  for event in select * from audit_events where sequence > p_after and sequence <= p_through order by sequence limit p_limit
  loop
    if event.sequence <> o_sequence + 1 or event.hash is distinct from audit_hash(o_hash, event) then
      o_broken := o_sequence + 1;
      exit;
    end if;
    o_checked := o_checked + 1;
    o_sequence := event.sequence;
    o_hash := event.hash;
  end loop;
  return next;
end $$;
