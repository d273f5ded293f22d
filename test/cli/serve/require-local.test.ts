import { doesNotThrow, throws } from 'node:assert/strict';
import test from 'node:test';
import { requireLocal } from '../../../cli/serve/require-local.ts';

for (const [it, host, address, headers] of [
  ['127.0.0.1', '127.0.0.1:8080', '127.0.0.1', {}],
  ['another loopback address', '127.0.0.2', '127.0.0.2', {}],
  ['localhost over IPv6', '[::1]:8080', '::1', {}],
  ['an IPv4 address in IPv6 clothes', 'localhost:8080', '::ffff:127.0.0.1', {}],
] as const) {
  test(`require-local lets in ${it}`, () =>
    doesNotThrow(() => requireLocal(new Headers({ host, ...headers }), address)));
}

for (const [it, host, address, headers] of [
  ['another machine', 'trueup.example.com', '10.0.0.7', {}],
  ['another machine that says it is this one', 'localhost', '10.0.0.7', {}],
  ['a proxy on this machine', 'localhost', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }],
  ['a proxy that writes Forwarded', 'localhost', '127.0.0.1', { forwarded: 'for=203.0.113.9' }],
  ['a page whose name was pointed at this machine', 'evil.example.com:8080', '127.0.0.1', {}],
  ['a name that only begins like this machine', '127.0.0.1.evil.example.com', '127.0.0.1', {}],
  ['a connection without an address', 'localhost', undefined, {}],
] as const) {
  test(`require-local keeps out ${it}`, () =>
    throws(() => requireLocal(new Headers({ host, ...headers }), address), { code: 'api.forbidden' }));
}
