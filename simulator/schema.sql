CREATE TABLE IF NOT EXISTS accounts (
    sid TEXT PRIMARY KEY,
    auth_token TEXT NOT NULL,
    status TEXT NOT NULL,
    api_keys TEXT NOT NULL,
    verified TEXT NOT NULL,
    opt_out TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS numbers (
    number TEXT PRIMARY KEY,
    account_sid TEXT NOT NULL REFERENCES accounts (sid) ON DELETE CASCADE,
    inbound_url TEXT NOT NULL,
    fallback_url TEXT NOT NULL,
    status_callback TEXT NOT NULL,
    service_sid TEXT
);
CREATE INDEX IF NOT EXISTS numbers_by_service ON numbers (service_sid);
CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    sid TEXT NOT NULL UNIQUE,
    account_sid TEXT NOT NULL,
    direction TEXT NOT NULL,
    sender TEXT,
    recipient TEXT NOT NULL,
    phone TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    service_sid TEXT,
    segments INTEGER NOT NULL,
    media TEXT NOT NULL,
    status_callback TEXT NOT NULL,
    error_code INTEGER,
    validity REAL NOT NULL,
    send_at REAL,
    created REAL NOT NULL,
    updated REAL NOT NULL,
    sent REAL,
    reached_phone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS messages_by_account ON messages (account_sid, position);
CREATE INDEX IF NOT EXISTS messages_by_recipient ON messages (account_sid, recipient, position);
CREATE INDEX IF NOT EXISTS messages_by_sender ON messages (account_sid, sender, position);
CREATE INDEX IF NOT EXISTS messages_by_phone ON messages (phone, position);
CREATE TABLE IF NOT EXISTS phones (
    number TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    outcome TEXT NOT NULL,
    error_code INTEGER
);
-- Tables of their own, not columns: a file of an earlier version is opened as it is.
CREATE TABLE IF NOT EXISTS phone_lines (number TEXT PRIMARY KEY, line TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS posts (sid TEXT PRIMARY KEY, is_taken INTEGER NOT NULL, said TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (
    scope TEXT NOT NULL,
    phone TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (scope, phone)
);
CREATE TABLE IF NOT EXISTS paces (sender TEXT PRIMARY KEY, free_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due REAL NOT NULL,
    kind TEXT NOT NULL,
    lane TEXT NOT NULL,
    sid TEXT NOT NULL,
    data TEXT NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS jobs_due ON jobs (taken, due, id);
CREATE INDEX IF NOT EXISTS jobs_by_message ON jobs (sid);
CREATE TABLE IF NOT EXISTS faults (kind TEXT PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS log (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    event TEXT NOT NULL,
    data TEXT NOT NULL
);
