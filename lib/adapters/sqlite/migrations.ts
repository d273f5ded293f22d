/** The schema, one step after another: a step that was released never changes. Why it looks like this: docs/decisions/store.md. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE applications (
    name TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    cluster TEXT NOT NULL,
    leaving INTEGER NOT NULL,
    wanted INTEGER NOT NULL,
    look_at INTEGER,
    suspects TEXT NOT NULL,
    request TEXT,
    hold TEXT,
    state TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX applications_due ON applications (look_at) WHERE look_at IS NOT NULL;

  CREATE TABLE application_repositories (
    repository TEXT NOT NULL,
    application TEXT NOT NULL REFERENCES applications ON DELETE CASCADE,
    PRIMARY KEY (repository, application)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX application_repositories_of ON application_repositories (application);

  -- Outlives its Application, so that fences never start again below one that an old worker may still carry.
  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    fence INTEGER NOT NULL,
    holder TEXT,
    until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE events (
    id TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_time ON events (at, id);
  CREATE INDEX events_of_application ON events (application, at, id);

  CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL REFERENCES events,
    channel TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notices_due ON notices (due_at);

  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    body TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    deliveries INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX messages_due ON messages (due_at);

  CREATE TABLE positions (
    cluster TEXT NOT NULL,
    kind TEXT NOT NULL,
    resource_version TEXT NOT NULL,
    listed_at INTEGER NOT NULL,
    PRIMARY KEY (cluster, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE repositories (
    url TEXT PRIMARY KEY,
    heads TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE deliveries (
    git_host TEXT NOT NULL,
    delivery TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (git_host, delivery)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deliveries_by_time ON deliveries (at);
  `,
  `
  CREATE TABLE slots (
    cluster TEXT NOT NULL,
    number INTEGER NOT NULL,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (cluster, number)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE fleet_rules (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    body TEXT NOT NULL
  ) STRICT;
  `,
];
