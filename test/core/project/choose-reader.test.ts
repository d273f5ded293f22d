import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { chooseReader } from '../../../lib/core/project/choose-reader.ts';

const host = 'https://git.example.com';
const readers = [
  { name: 'all', prefix: host, project: null },
  { name: 'shop', prefix: `${host}/shop`, project: 'shop' },
  { name: 'shop, of all', prefix: `${host}/shop`, project: null },
  { name: 'vault', prefix: `${host}/shop/vault.git`, project: 'vault' },
  { name: 'user', prefix: 'https://someone@GIT.example.com:443/web/', project: 'web' },
];

for (const [it, repoURL, project, gives] of [
  ['takes the longest prefix', '/shop/app', 'shop', 'shop'],
  ['prefers its own of two as long', '/shop/app.git', 'shop', 'shop'],
  ['leaves another project what all may use', '/shop/app', 'web', 'shop, of all'],
  ['leaves whoever reads for none what all may use', '/shop/app', null, 'shop, of all'],
  ['passes over a longer prefix of another project', '/shop/vault', 'shop', 'shop'],
  ['takes a whole repository for a prefix', '/shop/vault.git', 'vault', 'vault'],
  ['does not take a part of a name', '/shop/vault2', 'vault', 'shop, of all'],
  ['does not care how a prefix is written', '/web/app', 'web', 'user'],
  // Ways to what is another's.
  ['is not fooled by case', '/SHOP/Vault', 'web', 'shop, of all'],
  ['is not fooled by a case of the project', '/shop/vault', 'Vault', 'shop, of all'],
  ['is not fooled by a space after the project', '/shop/vault', 'vault ', 'shop, of all'],
  ['is not fooled by an empty project', '/shop/vault', '', 'shop, of all'],
  ['is not fooled by trailing slashes', '/shop/vault.git//', 'web', 'shop, of all'],
  ['reads .. as the server would', '/web/%2e%2e/shop/vault', 'web', 'shop, of all'],
  ['reads . as the server would', '/shop/./vault', 'web', 'shop, of all'],
] as [string, string, string | null, string][])
  test(`choose-reader ${it}`, () => equal(chooseReader(readers, `${host}${repoURL}`, project)?.name, gives));

for (const [it, repoURL] of [
  ['a user', 'https://vault:x@git.example.com/shop/vault'],
  ['a port', 'https://git.example.com:443/shop/vault'],
  ['ssh', 'ssh://git@git.example.com:22/shop/vault.git'],
  ['the short form of ssh', 'git@git.example.com:shop/vault'],
  ['the old name of the ssh host', 'ssh://git@altssh.git.example.com:443/shop/vault'],
  ['a question mark', 'https://git.example.com/shop/vault?project=vault'],
  ['a hash', 'https://git.example.com/shop/vault#vault'],
] as const)
  test(`choose-reader: ${it} in a URL makes no other project of who reads`, () => {
    equal(chooseReader(readers, repoURL, 'web')?.name, 'shop, of all');
    equal(chooseReader(readers, repoURL, 'vault')?.name, 'vault');
  });

for (const repoURL of ['https://git.example.com.evil.example/shop/vault', '--upload-pack=x', 'file:///shop/vault', ''])
  test(`choose-reader gives nobody anything for ${JSON.stringify(repoURL)}`, () =>
    equal(chooseReader(readers, repoURL, 'vault'), null));
