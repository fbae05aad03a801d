-- A text as it is seen: without what shows nothing within words, and each letter with its accents as one. What joins pictures
-- stays.
create function seen_text(body text) returns text language sql immutable parallel safe
return regexp_replace(case when octet_length(body) = length(body) then body else normalize(body) end,
  '[\u0001-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|\u200d+(?=\w)', '', 'g');

-- As before, of the text as it is seen. The other function is bound here: an index is made without a search path.
create or replace function message_vector(language regconfig, conversation uuid, body text) returns tsvector
language sql immutable parallel safe
-- The parser would take what stands between < and > for a tag, and leave it out.
return to_tsvector('simple', translate(seen_text(body), '<>', '  ')) || ('''c ' || conversation::text || ''':1')::tsvector
  || case when language = 'simple'::regconfig then '' else to_tsvector(language, translate(seen_text(body), '<>', '  ')) end;

-- They hold what the function gave before; the start makes the one that it needs.
do $$
declare
  found regclass;
begin
  for found in select indexrelid from pg_index where indrelid = 'messages'::regclass
    and indexrelid::regclass::text like 'messages\_search\_%'
  loop
    execute 'drop index ' || found;
  end loop;
end $$;
