/** Without `access` the API answers this machine only; a proxy on this machine speaks for others and does not count. */
import { Fault } from '../../lib/core/fault/fault.ts';

const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
/** A web page that points its own name at 127.0.0.1 (DNS rebinding) sends that name as Host. */
const localHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Fault api.forbidden. */
export function requireLocal(headers: Headers, remoteAddress: string | undefined): void {
  const forwarded = forwarding.some((name) => headers.has(name));
  if (!isLoopback(remoteAddress) || forwarded || !localHost.test(headers.get('host') ?? '')) {
    throw new Fault('api.forbidden');
  }
}

function isLoopback(address = ''): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
