/** Every generated page, by its name in docs/reference. */
import { openApi } from '../functions/api/openapi.ts';
import { configJsonSchema } from '../lib/core/config/config.ts';
import { apiPage } from './reference-pages/api-page.ts';
import { cliPage } from './reference-pages/cli-page.ts';
import { configPage } from './reference-pages/config-page.ts';
import { faultsPage } from './reference-pages/faults-page.ts';

export function referencePages(): Record<string, string> {
  return {
    'config.md': configPage(configJsonSchema()),
    'config.schema.json': `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
    'faults.md': faultsPage(),
    'cli.md': cliPage(),
    'api.md': apiPage(openApi()),
  };
}
