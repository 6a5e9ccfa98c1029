CREATE TABLE IF NOT EXISTS b131_schema (version INTEGER PRIMARY KEY, migrated_at INTEGER NOT NULL);

INSERT INTO b131_schema VALUES (1, CAST(unixepoch('subsec') * 1000 AS INTEGER));

CREATE TABLE b131_payouts (
      id TEXT PRIMARY KEY,
      scope TEXT NOT NULL,
      ref TEXT NOT NULL,
      subject TEXT NOT NULL,
      amount INTEGER NOT NULL,
      currency TEXT NOT NULL,
      description TEXT NOT NULL,
      metadata TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      confirm TEXT NOT NULL,
      status TEXT NOT NULL,
      held_from TEXT,
      attention TEXT,
      version INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      asked_at INTEGER,
      word TEXT,
      doubt_since INTEGER,
      error_code TEXT,
      returned_amount INTEGER NOT NULL,
      reserved TEXT,
      confirm_by INTEGER,
      due_at INTEGER,
      wakes INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      finished_at INTEGER,
      lease_owner TEXT,
      lease_until INTEGER,
      UNIQUE (scope, ref)
    );

CREATE INDEX b131_payouts_listed ON b131_payouts (scope, created_at, id);

CREATE INDEX b131_payouts_of_subject ON b131_payouts (scope, subject, created_at, id);

CREATE INDEX b131_payouts_due ON b131_payouts (scope, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX b131_payouts_leased ON b131_payouts (scope, lease_until) WHERE lease_until IS NOT NULL;

CREATE TABLE b131_attempts (
      payout_id TEXT NOT NULL REFERENCES b131_payouts (id),
      number INTEGER NOT NULL,
      destination TEXT NOT NULL,
      masked TEXT,
      digest TEXT NOT NULL,
      session_id TEXT UNIQUE,
      outcome TEXT NOT NULL,
      starts INTEGER NOT NULL,
      started_at INTEGER,
      start_error TEXT,
      confirms INTEGER NOT NULL,
      confirmed_at INTEGER,
      cancels INTEGER NOT NULL,
      cancelled_at INTEGER,
      PRIMARY KEY (payout_id, number)
    );

CREATE TABLE b131_journal (
      payout_id TEXT NOT NULL REFERENCES b131_payouts (id),
      version INTEGER NOT NULL,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      from_status TEXT,
      to_status TEXT NOT NULL,
      data TEXT NOT NULL,
      batch TEXT NOT NULL,
      PRIMARY KEY (payout_id, version)
    );

CREATE TABLE b131_personal (
      payout_id TEXT PRIMARY KEY REFERENCES b131_payouts (id),
      sealed TEXT NOT NULL,
      until INTEGER
    );

CREATE INDEX b131_personal_until ON b131_personal (until) WHERE until IS NOT NULL;

CREATE TABLE b131_webhooks (
      digest TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      session_id TEXT NOT NULL,
      at INTEGER NOT NULL
    );

CREATE INDEX b131_webhooks_at ON b131_webhooks (at);

CREATE TABLE b131_totals (
      scope TEXT NOT NULL,
      day TEXT NOT NULL,
      key TEXT NOT NULL,
      total INTEGER NOT NULL,
      ceiling INTEGER NOT NULL,
      PRIMARY KEY (scope, day, key),
      CHECK (total <= ceiling)
    );

CREATE TABLE b131_notices (
      id TEXT PRIMARY KEY,
      scope TEXT NOT NULL,
      payout_id TEXT NOT NULL REFERENCES b131_payouts (id),
      version INTEGER NOT NULL,
      type TEXT NOT NULL,
      body TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      due_at INTEGER,
      tries INTEGER NOT NULL,
      http_status INTEGER,
      delivered_at INTEGER,
      lease_owner TEXT,
      lease_until INTEGER
    );

CREATE INDEX b131_notices_due ON b131_notices (scope, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX b131_notices_leased ON b131_notices (scope, lease_until) WHERE lease_until IS NOT NULL;

CREATE INDEX b131_notices_of_payout ON b131_notices (payout_id, version);

CREATE TABLE b131_switches (
      id TEXT PRIMARY KEY,
      scope TEXT NOT NULL,
      name TEXT NOT NULL,
      paused INTEGER NOT NULL,
      flipped_by TEXT NOT NULL,
      why TEXT NOT NULL,
      at INTEGER NOT NULL
    );

CREATE INDEX b131_switches_at ON b131_switches (scope, name, at);
