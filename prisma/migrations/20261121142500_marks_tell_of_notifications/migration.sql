-- As before; and says whose notifications were read with a mark, so that they are told at once.
drop function advance_marks(boolean, uuid[], text[], uuid[], boolean[], text[]);
create function advance_marks(p_wait boolean, p_convs uuid[], p_users text[], p_through uuid[], p_read boolean[],
  p_requests text[])
returns table(o_ord int, o_outcome text, o_moved boolean, o_rev bigint, o_id uuid, o_role text, o_membership int,
  o_access_rev bigint, o_visible_from_seq int, o_delivered_through int, o_read_through int, o_own_can_send boolean,
  o_own_can_view_history boolean, o_notifications_enabled boolean, o_muted_until timestamptz, o_joined_at timestamptz,
  o_told text[])
language plpgsql volatile
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan set lock_timeout = '100ms' as $$
#variable_conflict use_column
declare held constant uuid[] := lock_conversations(p_wait, p_convs);
begin
  return query
  with input as materialized (
    select * from unnest(p_convs, p_users, p_through, p_read, p_requests)
      with ordinality i(conv, usr, through, is_read, request, ord)),
  judged as materialized (
    select i.*, c.rev, c.kind = 'SUPPORT' and p.role = 'ADMIN' as at_desk,
      coalesce(c.patient_id, c.support_user_id) as subject, p.id as part_id, p.role, p.rev as old_rev,
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
    from (
      select distinct j.conv, reader.usr from judged j cross join lateral (
        select j.usr union all select a.id from users a where j.at_desk and 'ADMIN' = any(a.roles)) reader
      where j.verdict = 'MARKED' and j.is_read) x
    where n.unread_of = x.usr || ' ' || x.conv returning x.conv, x.usr),
  audited as (
    insert into audit_pending(at, actor_id, action, outcome, subject_user_id, conversation_id, message_id, request_id)
    select clock_timestamp(), j.usr, case when j.is_read then 'markRead' else 'markDelivered' end, 'ALLOWED', j.subject, j.conv,
      j.through, j.request
    from judged j
    where j.verdict = 'MARKED' and (j.target > j.delivered_through or (j.is_read and j.target > j.read_through)))
  select j.ord::int, j.verdict, x.conv is not null, coalesce(x.new_rev, j.old_rev), j.part_id, j.role::text, j.membership,
    j.access_rev, j.visible_from_seq, coalesce(x.delivered, j.delivered_through), coalesce(x.read, j.read_through),
    j.own_can_send, j.own_can_view_history, j.notifications_enabled, j.muted_until, j.joined_at,
    array(select s.usr from seen s where s.conv = j.conv)
  from judged j left join moving x on x.conv = j.conv and x.usr = j.usr and j.verdict = 'MARKED'
  order by j.ord;
end $$;
