import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { chooseAccount } from '../../../lib/core/project/choose-account.ts';
import { defaultProject } from '../../../lib/core/project/default-project.ts';
import { exampleApplication } from '../../contracts/example-application.ts';

const prod = { name: 'prod', servers: ['https://prod.example.com', 'https://kubernetes.default.svc'], project: null };

type Accounts = [server: string, namespace: string, account: string][];

function choose(accounts: Accounts, namespace = 'shop', cluster = prod) {
  const destinationServiceAccounts = accounts.map(([server, namespaces, defaultServiceAccount]) => ({
    server,
    namespace: namespaces,
    defaultServiceAccount,
  }));
  const project = { ...defaultProject(), name: 'team', destinationServiceAccounts };
  const application = exampleApplication({ project: 'team', destination: { name: 'prod', namespace } });
  return chooseAccount(application, { project, cluster, known: ['team'] });
}

test('choose-account: without any, Trueup writes as itself', () => equal(choose([]), null));

const unknown: typeof prod = { ...prod, servers: [] };
for (const { it, accounts, namespace, cluster, gives } of [
  {
    it: 'takes the first that matches',
    accounts: [
      ['*', 'web', 'a'],
      ['*', 'shop', 'b'],
      ['*', '*', 'c'],
    ],
    gives: 'shop:b',
  },
  {
    it: 'takes a server by any of its names',
    accounts: [['https://kubernetes.default.svc', '*', 'bot']],
    gives: 'shop:bot',
  },
  {
    it: 'knows globs of servers and namespaces',
    accounts: [['https://*.example.com', 's?op', 'bot']],
    gives: 'shop:bot',
  },
  {
    it: 'does not care for a slash, case and 443',
    accounts: [['https://PROD.example.com:443/', '*', 'bot']],
    gives: 'shop:bot',
  },
  { it: 'takes an account of another namespace', accounts: [['*', '*', 'robots:bot']], gives: 'robots:bot' },
  { it: 'knows names with dots', accounts: [['*', '*', 'robots:bot.v1']], gives: 'robots:bot.v1' },
  {
    it: 'needs no server of a cluster that every entry means',
    accounts: [['*', '*', 'bot']],
    cluster: unknown,
    gives: 'shop:bot',
  },
] as { it: string; accounts: Accounts; namespace?: string; cluster?: typeof prod; gives: string }[])
  test(`choose-account ${it}`, () => {
    const account = choose(accounts, namespace, cluster);
    ok(account !== null && !(account instanceof Fault), String(account));
    equal(`${account.namespace}:${account.name}`, gives);
  });

for (const { it, accounts, namespace, cluster, because } of [
  { it: 'another namespace only', accounts: [['*', 'web', 'bot']], because: /no entry is for it/ },
  { it: 'another cluster only', accounts: [['https://stage.*', '*', 'bot']], because: /no entry is for it/ },
  { it: 'a namespace that is written alike', accounts: [['*', 'Shop', 'bot']], because: /no entry is for it/ },
  { it: 'no namespace', accounts: [['*', '', 'bot']], because: /no entry is for it/ },
  {
    it: 'a server, where it is not known which the cluster has, though a later one would do',
    accounts: [
      ['https://prod.*', '*', 'limited'],
      ['*', '*', 'admin'],
    ],
    cluster: unknown,
    because: /whether https:\/\/prod\.\* is prod is not known/,
  },
  // The namespace is what the Application says.
  {
    it: 'the namespace "", where the account lies in it',
    accounts: [['*', '*', 'bot']],
    namespace: '',
    because: /none/,
  },
  {
    it: 'a namespace that would be another account',
    accounts: [['*', '*', 'bot']],
    namespace: 'kube-system:admin',
    because: /none/,
  },
  {
    it: 'a namespace that leads elsewhere',
    accounts: [['*', '*', 'bot']],
    namespace: '../kube-system',
    because: /none/,
  },
  { it: 'a namespace with a line end', accounts: [['*', '*', 'bot']], namespace: 'shop\nx', because: /none/ },
] as { it: string; accounts: Accounts; namespace?: string; cluster?: typeof prod; because: RegExp }[])
  test(`choose-account refuses where the entries are for ${it}`, () => {
    const fault = choose(accounts, namespace, cluster);
    ok(fault instanceof Fault);
    deepEqual([fault.code, fault.facts.project], ['project.no_service_account', 'team']);
    match(String(fault.facts.because), because);
  });
