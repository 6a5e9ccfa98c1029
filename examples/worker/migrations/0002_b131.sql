CREATE TABLE IF NOT EXISTS b131_schema (version INTEGER PRIMARY KEY, migrated_at INTEGER NOT NULL);

INSERT INTO b131_schema VALUES (2, CAST(unixepoch('subsec') * 1000 AS INTEGER));

CREATE INDEX b131_notices_listed ON b131_notices (scope, created_at, id);

CREATE INDEX b131_payouts_in_attention ON b131_payouts (scope, created_at, id) WHERE status = 'needs_attention';
