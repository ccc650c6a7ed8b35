-- The lists of bank lines that were decided, the latest first: each page comes out of the index in its order, and so do the counts of the tabs.

create index bank_lines_state on bank_lines (tenant_id, state, booked_on desc, line_id desc);
