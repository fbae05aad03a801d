-- What a message is found by: its words as they stand, then its conversation, then its words in the forms of a language. The
-- conversation's lexeme, which no text yields for its space, lets the index look within some conversations only; standing
-- between, it keeps phrases from reaching over. The index for the configured language is made at the start.
create function message_vector(language regconfig, conversation uuid, body text) returns tsvector
language sql immutable parallel safe as $$
  -- The parser would take what stands between these for a tag, and leave it out.
  select to_tsvector('simple', translate(body, '<>', '  ')) || ('''c ' || conversation::text || ''':1')::tsvector
    || case when language = 'simple'::regconfig then '' else to_tsvector(language, translate(body, '<>', '  ')) end
$$;
