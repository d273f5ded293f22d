/** The register of Applications in SQLite. */
import type { Application } from '../../core/application/application.ts';
import type { ApplicationState, Hold, SyncRequest } from '../../core/application/application-state.ts';
import { initialState } from '../../core/application/initial-state.ts';
import type { Suspects } from '../../core/application/suspects.ts';
import { repositoryKey } from '../../core/revision/repository-key.ts';
import type { Applications, Entry } from '../../ports/applications.ts';
import type { Database } from './open-database.ts';
import { integer, integerOrNull, type Row, text, textOrNull } from './row.ts';

export function sqliteApplications(database: Database): Applications {
  const put = database.prepare(`
    INSERT INTO applications (name, document, cluster, leaving, wanted, look_at, suspects, state)
    VALUES (:name, :document, :cluster, :leaving, 1, 0, '{}', :state)
    ON CONFLICT DO UPDATE SET document = excluded.document, cluster = excluded.cluster, leaving = excluded.leaving,
      wanted = wanted + 1, look_at = 0
    WHERE (document, cluster, leaving) <> (excluded.document, excluded.cluster, excluded.leaving)`);
  const unlink = database.prepare('DELETE FROM application_repositories WHERE application = ?');
  const link = database.prepare('INSERT INTO application_repositories (repository, application) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM applications WHERE name = ?');
  const endLease = database.prepare('UPDATE leases SET holder = NULL WHERE name = ?');
  const get = database.prepare('SELECT * FROM applications WHERE name = ?');
  const list = database.prepare('SELECT * FROM applications ORDER BY name');
  const readers = database.prepare(
    'SELECT application FROM application_repositories WHERE repository = ? ORDER BY application',
  );

  return {
    async put(application, { cluster, leaving }) {
      const { name } = application;
      const document = JSON.stringify(application);
      const state = JSON.stringify(initialState(name));
      database.write(() => {
        const { changes } = put.run({ name, document, cluster, leaving: leaving ? 1 : 0, state });
        if (changes === 0) return;
        unlink.run(name);
        link.run(repositoryKey(application.source.repoURL), name);
      });
    },
    async remove(name) {
      database.write(() => {
        remove.run(name);
        endLease.run(name);
      });
    },
    async get(name) {
      const row = database.read(() => get.get(name));
      return row === undefined ? null : entry(row);
    },
    async list() {
      return database.read(() => list.all()).map(entry);
    },
    async ofRepository(repoURL) {
      return database.read(() => readers.all(repositoryKey(repoURL))).map((row) => text(row, 'application'));
    },
  };
}

function entry(row: Row): Entry {
  const application: Application = JSON.parse(text(row, 'document'));
  const suspects: Suspects = JSON.parse(text(row, 'suspects'));
  const request: SyncRequest | null = JSON.parse(textOrNull(row, 'request') ?? 'null');
  const hold: Hold | null = JSON.parse(textOrNull(row, 'hold') ?? 'null');
  const state: ApplicationState = JSON.parse(text(row, 'state'));
  return {
    application,
    cluster: text(row, 'cluster'),
    leaving: integer(row, 'leaving') === 1,
    wanted: integer(row, 'wanted'),
    lookAt: integerOrNull(row, 'look_at'),
    suspects: Object.keys(suspects),
    request,
    hold,
    state,
  };
}
