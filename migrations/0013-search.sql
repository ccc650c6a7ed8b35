-- A name is found without its accents and capitals, as people type it; kept folded so that a search reads it once.
create function folded_text(given text) returns text
  language sql immutable parallel safe
  as $$ select lower(regexp_replace(normalize(given, NFD), '[\u0300-\u036f]', '', 'g')) $$;

alter table parties add column folded_name text not null generated always as (folded_text(name)) stored;
