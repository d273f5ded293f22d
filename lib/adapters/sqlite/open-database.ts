/** Opens the store's one file so that several processes (`serve` and the CLI) may use it at once and a kill loses nothing. */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Fault } from '../../core/fault/fault.ts';
import { migrations } from './migrations.ts';
import { integer } from './row.ts';
import { isBusy, sqliteFault } from './sqlite-fault.ts';

export type Database = {
  prepare(sql: string): StatementSync;
  /** Faults: store.full, store.unavailable, store.unreadable. */
  read<T>(work: () => T): T;
  /** All of `work` or nothing. Takes the write lock first, since a reader that becomes a writer may not wait for it. */
  write<T>(work: () => T): T;
  close(): void;
};

/** `TrUp`: tells our file from any other program's. */
const applicationId = 0x54725570;

export function openDatabase(path: string): Database {
  const translated = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw sqliteFault(error, path);
    }
  };
  const connection = translated(() => connect(path));
  try {
    translated(() => {
      refuseForeign(connection, path);
      // FULL and not NORMAL: the answer to a webhook promises that it is kept, also when the power fails (0.3 ms a commit).
      keepLog(connection);
      connection.exec('PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864');
      migrate(connection, path);
    });
  } catch (fault) {
    connection.close();
    throw fault;
  }
  return {
    prepare: (sql) => connection.prepare(sql),
    read: translated,
    write: (work) => translated(() => transact(connection, work)),
    close: () => connection.close(),
  };
}

/** The file is made before SQLite makes it: its log gets the same mode. A failure is left to SQLite to tell. */
function connect(path: string): DatabaseSync {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {}
  return new DatabaseSync(path, { timeout: 5000 });
}

function refuseForeign(connection: DatabaseSync, path: string): void {
  // In this order: another process may be making the tables now, and its mark comes with them.
  if (isEmpty(connection) || pragma(connection, 'application_id') === applicationId) return;
  throw new Fault('store.unreadable', { path, because: 'it is the database of another program' });
}

const keepLogTries = 100;

/** SQLite does not wait by itself for another process that changes the journal of a new file at the same moment. */
function keepLog(connection: DatabaseSync): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      connection.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (attempt === keepLogTries || !isBusy(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function migrate(connection: DatabaseSync, path: string): void {
  transact(connection, () => {
    const found = pragma(connection, 'user_version');
    if (found === migrations.length) return;
    if (found > migrations.length) throw new Fault('store.newer_schema', { path, found, allowed: migrations.length });
    for (const step of migrations.slice(found)) connection.exec(step);
    connection.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
  });
}

function isEmpty(connection: DatabaseSync): boolean {
  return integer(connection.prepare('SELECT count(*) AS tables FROM sqlite_schema').get(), 'tables') === 0;
}

function pragma(connection: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return integer(connection.prepare(`PRAGMA ${name}`).get(), name);
}

function transact<T>(connection: DatabaseSync, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has rolled it back already.
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
