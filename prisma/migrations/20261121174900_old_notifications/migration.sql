-- Of one that is old: what was put away lately stays, what tells of a conversation that has newer messages, and what is held.
create function may_be_put_out(notification notifications, before timestamptz) returns boolean language sql stable as $$
  select (notification.read_at is null or notification.read_at < before)
    and (notification.conversation_id is null or not is_under_hold(notification.conversation_id))
    and (notification.unread_of is null or not exists (
      select 1 from conversations c where c.id = notification.conversation_id and c.last_activity_at >= before))
$$;

-- Looks through the next so many old notifications and removes those that nobody needs: what was put away lately, and what tells of
-- a conversation that has newer messages, stays. Answers where the next look begins; no row behind the last.
create or replace function remove_old_notifications(p_days int, p_at timestamptz, p_id uuid, p_limit int)
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
  where n.id = any(ids) and (n.conversation_id is null or n.conversation_id = any(locked)) and may_be_put_out(n, before);
  get diagnostics o_removed = row_count;
  return next;
exception when lock_not_available then
  o_removed := 0;
  return next;
end $$;
