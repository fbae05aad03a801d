-- CreateTable
CREATE TABLE "legal_holds" (
    "conversation_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "is_held" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "legal_holds_pkey" PRIMARY KEY ("conversation_id","number")
);

-- CreateTable
CREATE TABLE "job_schedules" (
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "last_success_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_schedules_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "notifications_created_at_id_idx" ON "notifications"("created_at", "id");

-- Whether the conversation keeps everything.
create function is_under_hold(p_conversation uuid) returns boolean language sql stable as $$
  select coalesce((select is_held from legal_holds where conversation_id = p_conversation order by number desc limit 1), false)
$$;

-- What runs, and what nobody has answered, stays with all that comes after it.
create function may_be_removed(message messages, active_session uuid, before timestamptz) returns boolean language sql stable as $$
  select message.created_at < before and (message.session_id = active_session) is not true
    and not (message.deleted_at is null
      and exists (select 1 from emergencies e where e.message_id = message.id and e.acknowledged_at is null))
$$;

-- Removes the oldest messages of a conversation, so many at most, with all that hangs on them, and the marks that nothing needs
-- any more. Fewer where many take part, each of whom may have marked each of them. REMOVED; BUSY: somebody else has the lock
-- for too long; and no row where nothing is to go, or may.
create function remove_old_messages(p_conversation uuid, p_days int, p_limit int)
returns table(o_outcome text, o_removed int, o_conversation conversations) language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set lock_timeout = '100ms' as $$
declare
  conversation conversations;
  before constant timestamptz := clock_timestamp() - p_days * interval '1 day';
  most int;
  removed int;
begin
  select * into conversation from conversations where id = p_conversation for no key update;
  -- The next statements see what was committed before the lock.
  if not found or is_under_hold(p_conversation) then return; end if;
  select least(p_limit, greatest(10, 5 * p_limit / greatest(count(*), 1)))::int into most
  from participants where conversation_id = p_conversation;
  select count(*) into removed from (
    select bool_and(may_be_removed(m.message, conversation.active_session_id, before)) over (order by m.seq) as goes
    from (
      select x as message, x.seq from messages x where x.conversation_id = p_conversation and x.seq >= conversation.first_seq
      order by x.seq limit most) m) oldest
  where goes;
  if removed = 0 then return; end if;
  update conversations set first_seq = first_seq + removed, rev = rev + 1, own_rev = rev + 1 where id = p_conversation
  returning * into conversation;
  delete from messages where conversation_id = p_conversation and seq < conversation.first_seq;
  delete from marks k using participants p
  where p.conversation_id = p_conversation and k.conversation_id = p_conversation and k.user_id = p.user_id
    and k.delivered_through < conversation.first_seq;
  insert into audit_pending (action, outcome, subject_user_id, conversation_id)
  values ('retention', 'ALLOWED', coalesce(conversation.patient_id, conversation.support_user_id), p_conversation);
  return query select 'REMOVED', removed, conversation;
exception when lock_not_available then
  return query select 'BUSY', 0, null::conversations;
end $$;

-- Looks through the next so many old notifications and removes those that nobody needs: what was put away lately, and what tells of
-- a conversation that has newer messages, stays. Answers where the next look begins; no row behind the last.
create function remove_old_notifications(p_days int, p_at timestamptz, p_id uuid, p_limit int)
returns table(o_removed int, o_at timestamptz, o_id uuid) language plpgsql volatile
set plan_cache_mode = force_generic_plan set lock_timeout = '100ms' as $$
declare
  before constant timestamptz := clock_timestamp() - p_days * interval '1 day';
  ids uuid[];
  concerned uuid[];
  locked uuid[];
begin
  select array_agg(n.id), array_agg(distinct n.conversation_id), max(n.created_at),
    (array_agg(n.id order by n.created_at desc, n.id desc))[1]
  into ids, concerned, o_at, o_id
  from (select * from notifications x where x.created_at < before and (x.created_at, x.id) > (p_at, p_id)
    order by x.created_at, x.id limit p_limit) n;
  if ids is null then return; end if;
  -- A hold is set under the lock; where somebody else has it, the next run comes by.
  select coalesce(array_agg(id), '{}') into locked from (
    select id from conversations where id = any(concerned) order by id for no key update skip locked) held;
  delete from notifications n
  where n.id = any(ids) and (n.read_at is null or n.read_at < before)
    and (n.conversation_id is null or (n.conversation_id = any(locked) and not is_under_hold(n.conversation_id)))
    and (n.unread_of is null or not exists (
      select 1 from conversations c where c.id = n.conversation_id and c.last_activity_at >= before));
  get diagnostics o_removed = row_count;
  return next;
exception when lock_not_available then
  o_removed := 0;
  return next;
end $$;

-- Removes the oldest events of the chain, so many at most, and leaves an anchor at the last of them, where the chain begins then.
-- What is removed is followed once more: where the chain is broken, it stays, and o_broken says where.
create function prune_audit(p_days int, p_limit int)
returns table(o_pruned int, o_broken bigint) language plpgsql volatile set lock_timeout = '1s' as $$
declare
  head audit_head;
  through bigint;
  followed record;
begin
  -- Who chains leaves it alone meanwhile.
  select * into head from audit_head where id = 1 for update;
  o_pruned := 0;
  select max(sequence) into through from (
    select sequence, bool_and(at < clock_timestamp() - p_days * interval '1 day') over (order by sequence) as goes
    from (select sequence, at from audit_events where sequence > head.anchor_sequence order by sequence limit p_limit) e) oldest
  where goes;
  if through is not null then
    select * into followed from follow_audit(head.anchor_sequence, head.anchor_hash, through, p_limit);
    o_broken := followed.o_broken;
    if o_broken is null then
      delete from audit_events where sequence > head.anchor_sequence and sequence <= through;
      get diagnostics o_pruned = row_count;
      update audit_head set anchor_sequence = through, anchor_hash = followed.o_hash where id = 1;
      insert into audit_pending (action, outcome) values ('auditRetention', 'ALLOWED');
    end if;
  end if;
  return next;
end $$;
