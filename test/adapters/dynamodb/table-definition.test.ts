import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from 'js-yaml';
import * as z from 'zod';
import { tableDefinition, timeToLive } from '../../../lib/adapters/dynamodb/table-definition.ts';

test('table-definition what is deployed is what the tests run on', () => {
  const { TimeToLiveSpecification, ...deployed } = readDeployed();
  deepEqual(deployed, tableDefinition);
  deepEqual(TimeToLiveSpecification, timeToLive);
});

/** The name, backups and protection are nothing the store knows of. */
function readDeployed() {
  const text = readFileSync(new URL('../../../infra/aws/table.yml', import.meta.url), 'utf8');
  const list = z.array(z.unknown());
  const properties = z.object({
    BillingMode: z.string(),
    AttributeDefinitions: list,
    KeySchema: list,
    GlobalSecondaryIndexes: list,
    TimeToLiveSpecification: z.unknown(),
  });
  const template = z.object({ Resources: z.object({ Table: z.object({ Properties: properties }) }) });
  // CloudFormation's tags are no YAML.
  return template.parse(load(text.replaceAll(/!\w+ /g, ''))).Resources.Table.Properties;
}
